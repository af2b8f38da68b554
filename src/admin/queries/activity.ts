/** Tasks, events and alarms, newest first, with the texts that vCenter shows for them. */
import type { StorageArrayPort } from '../../array/port.ts';
import type { Job } from '../../model/array.ts';
import { parseTaskId, taskIdOf } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import { alarmMessages } from '../../operations/catalog/alarm-messages.ts';
import { changeMessageId, eventMessages } from '../../operations/catalog/event-messages.ts';
import { type Messages, render } from '../../operations/catalog/text.ts';
import type { AlarmRecord, EventRecord, ProviderStore } from '../../store/port.ts';
import type { AlarmPage, EventPage, EventRow, TaskReport, TaskRow } from '../shapes/activity.ts';
import type { Paging } from '../shapes/form.ts';
import { iso, numberAfter } from './text.ts';

/** See `Queries`. `mentioned`: ids of tasks that were started or asked about of late, the latest first. */
export async function tasks(
  array: StorageArrayPort,
  mentioned: readonly string[],
): Promise<TaskReport> {
  const open = await array.openJobs(undefined);
  const isOpen = new Set(open.map(({ jobId }) => jobId));
  const ids = mentioned.flatMap((taskId) => {
    const jobId = parseTaskId(taskId)?.jobId;
    return jobId === undefined || isOpen.has(jobId) ? [] : [jobId];
  });
  const wanted = [...new Set(ids)].slice(0, LIMITS.adminEndedTasks);
  const ended = await Promise.all(wanted.map((jobId) => array.job(jobId)));
  return {
    open: open.map(taskRow),
    ended: ended.flatMap((job) => (job?.endedAt === undefined ? [] : [taskRow(job)])),
  };
}

function taskRow(job: Job): TaskRow {
  const { operation, arrayId, state, progressPercent, cancelable, cancelled } = job;
  const { endedAt, estimatedEndAt, result, error } = job;
  return {
    taskId: taskIdOf(operation, job.jobId),
    ...{ operation, arrayId, state, progressPercent },
    startedAt: iso(job.startedAt),
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    ...(estimatedEndAt === undefined ? {} : { estimatedEndAt: iso(estimatedEndAt) }),
    ...{ cancelable, cancelled },
    ...(result?.kind === 'volume' ? { vvolId: result.vvolId } : {}),
    ...(error === undefined ? {} : { error: error.message }),
  };
}

type EventStore = Pick<ProviderStore, 'events' | 'eventRange'>;

/** See `Queries`. Event ids rise by one, so that a page is a range of them. */
export async function events(store: EventStore, page: Paging): Promise<EventPage> {
  const before = numberAfter(page);
  const { oldest, newest } = await store.eventRange();
  const last = before === undefined || before > newest ? newest : before - 1n;
  const wished = last - BigInt(page.limit) + 1n;
  const first = wished < oldest ? oldest : wished;
  if (last < first) return { items: [] };
  const texts = eventMessages();
  const records = await store.events(first - 1n, Number(last - first) + 1);
  const items = records.map((each) => eventRow(each, texts)).reverse();
  return first > oldest ? { items, next: `${first}` } : { items };
}

function textOf(
  texts: Messages,
  messageId: string,
  parameters: readonly { readonly name: string; readonly value: string }[],
): string {
  const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  return render(texts[messageId]?.en ?? messageId, values);
}

function eventRow({ eventId, at, body }: EventRecord, texts: Messages): EventRow {
  const shared = { eventId: `${eventId}`, at: iso(at) };
  if (body.kind === 'system') {
    const { messageId, parameters, complianceOf } = body;
    const about =
      complianceOf === undefined ? {} : { objectType: 'VirtualVolumeInfo', objectId: complianceOf };
    const message = textOf(texts, messageId, parameters);
    return { ...shared, kind: 'system', messageId, message, ...about };
  }
  const { kind, entity, entityId, arrayId, hostId } = body.change;
  const messageId = changeMessageId(entity, kind);
  return {
    ...shared,
    ...{ kind, messageId },
    message: textOf(texts, messageId, [{ name: 'objectId', value: entityId }]),
    ...{ objectType: entity, objectId: entityId, arrayId },
    ...(hostId === undefined ? {} : { hostId }),
  };
}

/** See `Queries`. */
export async function alarms(
  store: Pick<ProviderStore, 'activeAlarms'>,
  page: Paging,
): Promise<AlarmPage> {
  const before = numberAfter(page);
  const left = (await store.activeAlarms())
    .filter(({ alarmId }) => before === undefined || alarmId < before)
    .reverse();
  const texts = alarmMessages();
  const items = left.slice(0, page.limit);
  const rows = items.map((each) => alarmRow(each, texts));
  const last = items.at(-1);
  return last !== undefined && left.length > items.length
    ? { items: rows, next: `${last.alarmId}` }
    : { items: rows };
}

function alarmRow({ alarm, alarmId, at }: AlarmRecord, texts: Messages) {
  const { type, status, objectType, objectId, messageId, parameters } = alarm;
  return {
    alarmId: `${alarmId}`,
    at: iso(at),
    ...{ type, status, objectType, objectId, messageId },
    message: textOf(texts, messageId, parameters),
  };
}
