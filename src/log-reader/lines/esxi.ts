/**
 * Reads a line of a host's `vvold.log`: calls as they are issued, as they end, and sessions that cannot be
 * opened. Calls are numbered within one process, so that they can be joined with the provider's by time and
 * operation alone. Source: excerpts in public knowledge-base articles; docs/reading-logs.md has the forms.
 */
import { bareCall, type Call, type Entry } from '../entry.ts';
import type { Place } from './line.ts';

const HEAD =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)\s+(?:[A-Z][a-z]\(\d+\)\s+)?(\w+)\b.*?\bvvold\b/;
const ISSUED =
  /VasaOp::(\w+) \[#(\d+)\]: ===> Issuing '(\w+)'(?: to VP (\S+))?(?: \(#outstanding (\d+)\/(\d+)\))?/;
const FINAL =
  /===> FINAL (SUCCESS|FAILURE|\w+) (\w+) VP \(([^)]*)\)(?: Container \(([^)]*)\))?.*? timeElapsed=(\d+) msecs/;
const SESSION_FAILED =
  /setContext for VP (\S+) \(url: ([^)]*)\) failed(?: \[connectionState: (\w+)\])?: (\w+)(?: \((.*)\))?/;
const FAULT = /\b([A-Z]+(?:_[A-Z]+)+)\b(?: \((.*)\))?/;

/** The entry, or undefined when the line is none of this log. */
export function esxiEntry(text: string, place: Place): Entry | undefined {
  const [, time = '', word = ''] = HEAD.exec(text) ?? [];
  const at = Date.parse(time);
  if (Number.isNaN(at)) return undefined;
  const call = issued(text) ?? ended(text) ?? unopened(text);
  const isBad = /^(error|warning|panic)/i.test(word);
  return {
    ...place,
    log: 'host',
    at,
    level:
      isBad || (call !== undefined && !['ok', 'begun'].includes(call.outcome)) ? 'warn' : 'info',
    event: call === undefined ? 'message' : 'call',
    id: '',
    text: text.replace(HEAD, '').replace(/^\S*\s*(\[Originator[^\]]*\]\s*)?/, ''),
    release: undefined,
    call,
    bodies: undefined,
    facts: {},
  };
}

function issued(text: string): Call | undefined {
  const operation = ISSUED.exec(text)?.[3];
  return operation === undefined ? undefined : bareCall(operation, 'begun');
}

function ended(text: string): Call | undefined {
  const found = FINAL.exec(text);
  if (found === null) return undefined;
  const [, how, operation = '', , , elapsed] = found;
  const outcome = how === 'SUCCESS' ? 'ok' : (faultIn(text) ?? 'failed');
  return { ...bareCall(operation, outcome), durationMs: Number(elapsed) };
}

function unopened(text: string): Call | undefined {
  const found = SESSION_FAILED.exec(text);
  if (found === null) return undefined;
  const [, , url, state, fault = '', reason] = found;
  const words = [state, url, reason].filter((each) => each !== undefined).join(', ');
  return { ...bareCall('setContext', fault), reason: words };
}

function faultIn(text: string): string | undefined {
  // The words of the form itself are in capitals too.
  return FAULT.exec(text.replace(/FINAL \w+/, ''))?.[1];
}
