/**
 * What the wire tells the log, as lines: one per request that was handled, one more with the bodies while
 * verbose mode covers the call, one per connection that never became a call.
 */
import { LIMITS } from '../model/limits.ts';
import type { CallRecord, WireLog } from '../wire/call.ts';
import { causeChain, logText } from './cause.ts';
import type { LogFields } from './fields.ts';
import type { Log } from './log.ts';
import { redactXml } from './redact-xml.ts';

/** Outcomes that mean that we or the array are ill; all others are part of the protocol. */
const ILL: ReadonlySet<string> = new Set(['StorageFault', 'Server']);

/** Whether nothing in the record has to be cut, hidden or put into another form, as in most. */
function isPlain({ vvol_ids, cause, item_cause, reason, refusal }: CallRecord): boolean {
  return [vvol_ids, cause, item_cause, reason, refusal].every((field) => field === undefined);
}

function requestFields(record: CallRecord, ill: boolean): LogFields<'request'> {
  if (isPlain(record)) return record;
  const { vvol_ids, cause, item_cause, reason, refusal, ...plain } = record;
  const { logVvolIds } = LIMITS;
  return {
    ...plain,
    ...(vvol_ids === undefined ? {} : { vvol_ids: vvol_ids.slice(0, logVvolIds).map(logText) }),
    ...((vvol_ids?.length ?? 0) > logVvolIds ? { vvol_count: vvol_ids?.length } : {}),
    ...(reason === undefined ? {} : { reason: logText(reason) }),
    ...(refusal === undefined ? {} : { refusal: logText(refusal) }),
    ...(cause === undefined ? {} : { cause: causeChain(cause, ill) }),
    ...(item_cause === undefined ? {} : { item_cause: causeChain(item_cause, ill) }),
  };
}

/** The wire's log on top of the provider's. */
export function wireLog(log: Log): WireLog {
  return {
    finished(record) {
      const ill = ILL.has(record.outcome) || record.item_cause !== undefined;
      const message = `${record.operation} ${record.outcome}`;
      const level = ill ? 'error' : 'info';
      const fields = requestFields(record, ill);
      log.keep(level, 'request', fields, message);
      log.recent.add(level, fields);
    },
    flush: () => log.flush(),
    wantsBodies: (call) => log.verbose.wants(call),
    bodies(record, request, response) {
      const { request_id, operation } = record;
      const [request_body, response_body] = [redactXml(request), redactXml(response)];
      const fields = { request_id, operation, request_body, response_body };
      log.recent.addBodies(request_id, { request: request_body, response: response_body });
      log.line('warn', 'bodies', fields, `${record.operation} as it was on the wire`);
    },
    connectionFailed({ remoteAddress, code, message }) {
      const fields = { peer_address: remoteAddress, code, reason: logText(message) };
      log.line('info', 'connection_failed', fields, 'a connection failed before it became a call');
    },
    shedding(counts) {
      log.notice('load.shedding', { counts });
    },
  };
}
