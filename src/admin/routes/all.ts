/** Every route of the admin API, in the order of its document. */
import * as operator from './operator.ts';
import * as queries from './queries.ts';
import type { AnyRoute } from './route.ts';
import * as simulation from './simulation.ts';

export const ROUTES: readonly AnyRoute[] = [operator, queries, simulation].flatMap((group) =>
  Object.values<AnyRoute>(group),
);
