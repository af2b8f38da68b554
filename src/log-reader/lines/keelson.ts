/**
 * Reads a line of the provider's own log. The fields are those of docs/logging.md; a line of another
 * release may lack some, or have others, and is read as far as it goes.
 */
import { lineIdOf } from '../../log/messages/lines.ts';
import { LIMITS } from '../../model/limits.ts';
import type { Bodies, Call, Entry } from '../entry.ts';
import type { Place } from './line.ts';

type Fields = Readonly<Record<string, unknown>>;

const LEVELS = ['info', 'warn', 'error', 'fatal'] as const;

/** The entry, or undefined when the line is none of this log. */
export function keelsonEntry(text: string, place: Place): Entry | undefined {
  if (!text.startsWith('{')) return undefined;
  const fields = fieldsOf(text);
  const event = fields && textIn(fields, 'event');
  const at = Date.parse((fields && textIn(fields, 'time')) ?? '');
  if (fields === undefined || event === undefined || Number.isNaN(at)) return undefined;
  const call = event === 'request' ? callOf(fields) : undefined;
  return {
    ...place,
    log: 'provider',
    at,
    level: LEVELS.find((each) => each === fields['level']) ?? 'info',
    event,
    id: textIn(fields, 'id') ?? idOf(event, fields),
    text: textIn(fields, 'msg') ?? event,
    release: textIn(fields, 'release'),
    call,
    bodies: event === 'bodies' ? bodiesOf(fields) : undefined,
    facts: call === undefined ? factsOf(event, fields) : {},
  };
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' ? value : undefined;
}

function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (!Array.isArray(value)) return [];
  return value.slice(0, LIMITS.logVvolIds).filter((each) => typeof each === 'string');
}

/** The id that a line of a release without ids would have today. */
function idOf(event: string, { outcome, code }: Fields): string {
  return event === 'request' || event === 'connection_failed'
    ? lineIdOf(event, { outcome, code })
    : event;
}

function callOf(fields: Fields): Call {
  const counts = fields['item_faults'];
  const causes = [fields['cause'], fields['item_cause']].flatMap(causesOf);
  return {
    operation: textIn(fields, 'operation') ?? 'unknown',
    outcome: textIn(fields, 'outcome') ?? 'ok',
    requestId: textIn(fields, 'request_id'),
    hostId: textIn(fields, 'host_id'),
    vcenterId: textIn(fields, 'vcenter_id'),
    certificate: textIn(fields, 'peer_certificate'),
    peerAddress: textIn(fields, 'peer_address'),
    volumes: textsIn(fields, 'vvol_ids'),
    taskId: textIn(fields, 'task_id'),
    durationMs: numberIn(fields, 'duration_ms'),
    queueMs: numberIn(fields, 'queue_ms'),
    refusal: textIn(fields, 'refusal'),
    // What is in brackets says again who answered, and to which request.
    reason: textIn(fields, 'reason')?.replace(/ \[[^\]]*; request [^\]]*\]$/, ''),
    itemFaults: isFields(counts) ? countsOf(counts) : {},
    injected: textsIn(fields, 'injected'),
    causes,
  };
}

function countsOf(fields: Fields): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, count]) =>
      typeof count === 'number' ? [[name, count]] : [],
    ),
  );
}

/** Messages of a chain of errors; one that only puts words around the next is left out. */
function causesOf(chain: unknown): readonly string[] {
  if (!Array.isArray(chain)) return [];
  const texts = chain.flatMap((each) => {
    const message = isFields(each) ? textIn(each, 'message') : undefined;
    return message === undefined ? [] : [message];
  });
  return texts.filter(
    (text, index) => !texts.some((other, at) => at > index && text.includes(other)),
  );
}

function bodiesOf(fields: Fields): Bodies | undefined {
  const requestId = textIn(fields, 'request_id');
  if (requestId === undefined) return undefined;
  return {
    requestId,
    operation: textIn(fields, 'operation') ?? 'unknown',
    request: textIn(fields, 'request_body') ?? '',
    response: textIn(fields, 'response_body') ?? '',
  };
}

const OF_EVERY_LINE: ReadonlySet<string> = new Set([
  ...['level', 'time', 'release', 'event', 'id', 'msg', 'subject'],
  ...['request_body', 'response_body'],
]);

/** The facts of a notice, and of any other line its own fields. */
function factsOf(event: string, fields: Fields): Fields {
  const facts = fields['facts'];
  if (event === 'notice' && isFields(facts)) {
    const causes = causesOf(fields['cause']);
    return causes.length === 0 ? facts : { ...facts, cause: causes.join('; ') };
  }
  const own = Object.entries(fields).filter(([name]) => !OF_EVERY_LINE.has(name));
  return Object.fromEntries(
    own.map(([name, value]) =>
      name === 'cause' ? [name, causesOf(value).join('; ')] : [name, value],
    ),
  );
}
