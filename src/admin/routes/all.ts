/** Every route of the admin API, in order of its path. */
import * as array from './array.ts';
import * as operator from './operator.ts';
import * as queries from './queries.ts';
import type { AnyRoute } from './route.ts';
import * as simulation from './simulation.ts';

/** By path, then by method: what a module lists its exports by is not for sure. */
function placeOf({ path, method }: AnyRoute): string {
  return `${path} ${method}`;
}

export const ROUTES: readonly AnyRoute[] = [operator, queries, simulation, array]
  .flatMap((group) => Object.values<AnyRoute>(group))
  .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
