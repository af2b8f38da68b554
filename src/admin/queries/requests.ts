/** The latest requests, from the ring that the log keeps of them. */
import type { RecentRequest, RecentRequests } from '../../log/recent.ts';
import { AdminError } from '../port.ts';
import type { RequestDetails, RequestPage, RequestRow } from '../shapes/activity.ts';
import type { Paging } from '../shapes/form.ts';
import { iso, numberAfter } from './text.ts';

/** See `Queries`. A page goes by the requests' numbers, so that new ones do not move it. */
export function requestPage(recent: RecentRequests, page: Paging): RequestPage {
  const before = Number(numberAfter(page) ?? Number.POSITIVE_INFINITY);
  const left = recent.latest().filter(({ number }) => number < before);
  const items = left.slice(0, page.limit);
  const last = items.at(-1);
  const rows = items.map(requestRow);
  return last !== undefined && left.length > items.length
    ? { items: rows, next: `${last.number}` }
    : { items: rows };
}

/** A request in one row. */
export function requestRow({ at, level, fields, bodies }: RecentRequest): RequestRow {
  const text = (name: keyof typeof fields) => {
    const value = fields[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  return {
    at: iso(at),
    level,
    request_id: String(fields.request_id),
    operation: String(fields.operation),
    outcome: String(fields.outcome),
    duration_ms: Number(fields.duration_ms),
    peer_address: String(fields.peer_address),
    ...text('host_id'),
    ...text('vcenter_id'),
    ...text('session'),
    ...text('task_id'),
    ...text('reason'),
    hasBodies: bodies !== undefined,
  };
}

/** See `Queries`. */
export function requestDetails(recent: RecentRequests, requestId: string): RequestDetails {
  const found = recent.latest().find(({ fields }) => fields.request_id === requestId);
  if (found === undefined) {
    const why = `request ${requestId} is not among the latest; the log has it`;
    throw new AdminError(why, { kind: 'notFound' });
  }
  const { fields, bodies } = found;
  return {
    ...requestRow(found),
    fields: { ...fields },
    ...(bodies === undefined ? {} : { requestBody: bodies.request, responseBody: bodies.response }),
  };
}

/** Ids of the tasks that the latest requests named, the latest first. */
export function mentionedTasks(recent: RecentRequests): readonly string[] {
  return recent
    .latest()
    .flatMap(({ fields: { task_id: taskId } }) => (typeof taskId === 'string' ? [taskId] : []));
}
