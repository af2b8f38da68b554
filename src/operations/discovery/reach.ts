/**
 * What a session can reach: the array's masking, asked anew for each call, so that another setContext
 * changes at once what is seen. Keeps nothing.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import type { ArrayDescription } from '../../model/array.ts';
import type { Reach } from '../../model/discovery.ts';
import type { SessionContext } from '../context.ts';

/** What the session's initiators and mounts can reach. */
export function reachOf({
  provider,
  session,
}: Pick<SessionContext, 'provider' | 'session'>): Promise<Reach> {
  const { hostId, initiators, mountPoints } = session.usageContext;
  return provider.array.reach({ hostId, initiators, mountPoints });
}

/** The array as one call of a session looks at it; masking is asked once, however many lists are read. */
export interface View {
  readonly array: StorageArrayPort;
  readonly arrays: readonly ArrayDescription[];
  readonly reach: Reach;
}

export async function viewOf(context: SessionContext): Promise<View> {
  const { array } = context.provider;
  const [arrays, reach] = await Promise.all([array.arrays(), reachOf(context)]);
  return { array, arrays, reach };
}
