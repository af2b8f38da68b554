/** Hosts, by what they hold in the array and by their sessions here; the two need not agree. */
import type { StorageArrayPort } from '../../array/port.ts';
import type { Clock } from '../../model/clock.ts';
import { parseHostId } from '../../model/ids.ts';
import type { Sessions, SessionUse } from '../../trust/sessions.ts';
import { AdminError } from '../port.ts';
import type { SessionPage, SessionRow } from '../shapes/activity.ts';
import type { Paging } from '../shapes/form.ts';
import type { BindingPage, HostPage, HostRow } from '../shapes/volumes.ts';
import { iso, pageOfList } from './text.ts';
import { bindingRow, namesOf } from './volumes.ts';

export interface HostParts {
  readonly array: StorageArrayPort;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** See `Queries`. In order of ids: the bound ones of a page tell which sessions belong into it. */
export async function hosts({ array, sessions }: HostParts, page: Paging): Promise<HostPage> {
  const { after, limit } = page;
  const [bound, uses] = await Promise.all([array.boundHosts({ after, limit }), sessions.uses()]);
  const sessionOf = new Map(
    uses.flatMap(({ session: { shortHash, usageContext } }) =>
      usageContext.hostId === undefined ? [] : [[usageContext.hostId as string, shortHash]],
    ),
  );
  const rows = new Map<string, HostRow>();
  for (const [hostId, session] of sessionOf) {
    const isInPage =
      (after === undefined || hostId > after) && !(bound.next && hostId > bound.next);
    if (isInPage) rows.set(hostId, { hostId, bindings: 0, session, isStale: false });
  }
  for (const { hostId, bindings, oldestAt, newestAt } of bound.items) {
    const session = sessionOf.get(hostId);
    const times = { oldestAt: iso(oldestAt), newestAt: iso(newestAt) };
    const isStale = session === undefined;
    rows.set(hostId, { hostId, bindings, ...times, ...(isStale ? {} : { session }), isStale });
  }
  const sorted = [...rows.values()].sort((a, b) => (a.hostId < b.hostId ? -1 : 1));
  const items = sorted.slice(0, limit);
  const isMore = sorted.length > limit || bound.next !== undefined;
  const last = items.at(-1)?.hostId;
  return isMore && last !== undefined ? { items, next: last } : { items };
}

/** See `Queries`. */
export async function hostBindings(
  array: StorageArrayPort,
  given: string,
  page: Paging,
): Promise<BindingPage> {
  const hostId = parseHostId(given);
  if (hostId === undefined) throw new AdminError('a host id is blank', { kind: 'notFound' });
  const { items, ...next } = pageOfList(await array.bindings({ hostId }), page);
  const names = await namesOf(
    array,
    items.map(({ vvolId }) => vvolId),
  );
  return { items: items.map((each) => bindingRow(each, names.get(each.vvolId))), ...next };
}

/** See `Queries`. */
export async function sessionPage(
  { sessions, clock }: HostParts,
  page: Paging,
): Promise<SessionPage> {
  const now = clock.now();
  const { items, ...next } = pageOfList(await sessions.uses(), page);
  return { items: items.map((use) => sessionRow(use, now)), ...next };
}

function sessionRow({ session, lastUsedAt }: SessionUse, now: number): SessionRow {
  const { hostId, vcenterId, initiators, subscribedEvents } = session.usageContext;
  return {
    session: session.shortHash,
    ...(hostId === undefined ? {} : { hostId }),
    ...(vcenterId === undefined ? {} : { vcenterId }),
    certificate: session.certificate.slice(0, 16),
    openedAt: iso(session.openedAt),
    lastUsedAt: iso(lastUsedAt),
    idleSeconds: Math.max(0, Math.floor((now - lastUsedAt) / 1_000)),
    timeoutSeconds: Math.floor(session.timeoutMs / 1_000),
    initiators: initiators.length,
    ...(session.endpoints === undefined ? {} : { endpoints: session.endpoints.length }),
    subscribedEvents,
  };
}
