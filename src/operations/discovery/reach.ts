/**
 * What a session can reach: the array's masking, asked anew for each call, so that another setContext
 * changes at once what is seen. Keeps nothing.
 */
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
