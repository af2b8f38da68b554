/** What is shown of what goes on: sessions, tasks, events, alarms and recent requests. */
import { z } from 'zod';
import { count, list, named, pageOf, record, time } from './form.ts';

export const sessionRow = record({
  session: z.string().describe('first 12 hex digits of SHA-256 of the session id'),
  hostId: z.string().optional(),
  vcenterId: z.string().optional(),
  certificate: z.string().describe('first 16 hex digits of SHA-256 of its client certificate'),
  openedAt: time,
  lastUsedAt: time,
  idleSeconds: count,
  timeoutSeconds: count,
  initiators: count,
  endpoints: count.optional().describe('that the host sees; left out: it has not said'),
  subscribedEvents: list(z.string()),
}).meta({ id: 'SessionRow' });
export type SessionRow = z.output<typeof sessionRow>;

export const sessionPage = pageOf(sessionRow).meta({ id: 'SessionPage' });
export type SessionPage = z.output<typeof sessionPage>;

export const taskRow = record({
  taskId: z.string(),
  operation: z.string(),
  arrayId: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  progressPercent: z.number(),
  startedAt: time,
  endedAt: time.optional(),
  estimatedEndAt: time.optional(),
  cancelable: z.boolean(),
  cancelled: z.boolean(),
  vvolId: z.string().optional().describe('what it made'),
  error: z.string().optional(),
}).meta({ id: 'TaskRow' });
export type TaskRow = z.output<typeof taskRow>;

/** Open tasks, oldest first, and those that ended and were asked about of late, newest first. */
export const taskReport = record({ open: list(taskRow), ended: list(taskRow) }).meta({
  id: 'TaskReport',
});
export type TaskReport = z.output<typeof taskReport>;

export const eventRow = record({
  eventId: z.string(),
  at: time,
  kind: z.string().describe('`new`, `update`, `delete`, `rebind`, or `system`'),
  messageId: z.string(),
  message: z.string(),
  objectType: z.string().optional(),
  objectId: z.string().optional(),
  arrayId: z.string().optional(),
  hostId: z.string().optional().describe('of a rebind: whom it is for'),
}).meta({ id: 'EventRow' });
export type EventRow = z.output<typeof eventRow>;

/** Newest first. */
export const eventPage = pageOf(eventRow).meta({ id: 'EventPage' });
export type EventPage = z.output<typeof eventPage>;

export const alarmRow = record({
  alarmId: z.string(),
  at: time,
  type: z.string(),
  status: z.enum(['Green', 'Yellow', 'Red']),
  objectType: z.string(),
  objectId: z.string(),
  messageId: z.string(),
  message: z.string(),
}).meta({ id: 'AlarmRow' });
export type AlarmRow = z.output<typeof alarmRow>;

/** Newest first. */
export const alarmPage = pageOf(alarmRow).meta({ id: 'AlarmPage' });
export type AlarmPage = z.output<typeof alarmPage>;

const cause = record({
  type: z.string(),
  message: z.string(),
  code: z.string().optional(),
  stack: z.string().optional(),
});

/** A request as its line in the log tells it (docs/logging.md). */
const request = {
  at: time,
  level: z.enum(['info', 'error']),
  request_id: z.string(),
  operation: z.string(),
  outcome: z.string(),
  duration_ms: z.number(),
  peer_address: z.string(),
  host_id: z.string().optional(),
  vcenter_id: z.string().optional(),
  session: z.string().optional(),
  task_id: z.string().optional(),
  reason: z.string().optional(),
  hasBodies: z.boolean().describe('its SOAP was kept: verbose mode covered it'),
};

export const requestRow = record(request).meta({ id: 'RequestRow' });
export type RequestRow = z.output<typeof requestRow>;

/** Newest first. */
export const requestPage = pageOf(requestRow).meta({ id: 'RequestPage' });
export type RequestPage = z.output<typeof requestPage>;

export const requestDetails = record({
  ...request,
  fields: named(z.unknown()).describe('every field of its line in the log'),
  cause: list(cause).optional(),
  requestBody: z.string().optional().describe('SOAP, secrets hidden'),
  responseBody: z.string().optional().describe('SOAP, secrets hidden'),
}).meta({ id: 'RequestDetails' });
export type RequestDetails = z.output<typeof requestDetails>;
