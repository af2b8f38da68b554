/**
 * Reads a line of vCenter's `sps.log`, as far as it is about storage providers. It names no operation in a
 * form of its own: one is taken from the words. Source: excerpts in public knowledge-base articles;
 * docs/reading-logs.md has the forms.
 */
import { bareCall, type Entry } from '../entry.ts';
import type { Place } from './line.ts';

const HEAD =
  /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\s+\[([^\]]*)\]\s+(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+(.*)$/;
const ABOUT = /\b(?:vim\.)?sms\b|vasa|VersionHandler|providerCache/i;
const OPERATION =
  /\b((?:get|set|query|register|unregister|refresh|request|create|delete|bind|unbind|update|resize|clone|fastClone|snapshot|prepareTo|revert|cancel|spaceStats|activate)[A-Z]\w+)\b/;
const FAULT =
  /\b(?:sms\.fault\.|vasa\.(?:\w{1,40}\.){0,8})?(\w{1,80}Fault|\w{1,80}Exception|InvalidSession|InvalidLogin|InvalidCertificate)\b/;

const LEVELS = { WARN: 'warn', ERROR: 'error', FATAL: 'fatal' } as const;

/** The entry, or undefined when the line is none of this log, or about something else. */
export function vcenterEntry(text: string, place: Place): Entry | undefined {
  const found = HEAD.exec(text);
  if (found === null || !ABOUT.test(text)) return undefined;
  const [, time = '', , word = '', words = ''] = found;
  // vCenter writes UTC; a time that says nothing else is taken for that.
  const stamp = time.replace(' ', 'T').replace(',', '.');
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(stamp) ? stamp : `${stamp}Z`);
  if (Number.isNaN(at)) return undefined;
  const level = Object.entries(LEVELS).find(([name]) => name === word)?.[1] ?? 'info';
  const operation = OPERATION.exec(words)?.[1];
  const fault = level === 'info' ? undefined : FAULT.exec(words)?.[1];
  const call = operation === undefined ? undefined : bareCall(operation, fault ?? 'begun');
  const event = call === undefined ? 'message' : 'call';
  const rest = { id: '', release: undefined, bodies: undefined, facts: {} };
  return { ...place, ...rest, log: 'vcenter', at, level, event, text: words, call };
}
