/** Every route of the admin API, in the order of its document. */
import * as array from './array.ts';
import * as operator from './operator.ts';
import * as queries from './queries.ts';
import type { AnyRoute } from './route.ts';
import * as simulation from './simulation.ts';

export const ROUTES: readonly AnyRoute[] = [operator, queries, simulation, array].flatMap((group) =>
  Object.values<AnyRoute>(group),
);
