/**
 * How a fault rule is written down, in the file of rules, on the command line and over the admin socket
 * alike, and what it means as data. What rules do is in src/array/fault-rules.
 * Source: docs/fault-rules.md.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CRASH_POINTS } from '../array/crash-points.ts';
import { FAULT_OF_ARRAY_ERROR } from '../array/errors.ts';
import { type FaultEffect, type FaultRule, meets } from '../array/fault-rules/rule.ts';
import { JOB_METHODS, PORT_METHODS, WORK_OF_OPERATION } from '../array/fault-rules/subject.ts';
import type { ArrayErrorKind } from '../model/array.ts';
import { LIMITS } from '../model/limits.ts';
import { epochMs } from '../model/units.ts';
import { ConfigError, suggestion } from './errors.ts';

const NAMES: readonly string[] = [...PORT_METHODS, ...Object.keys(WORK_OF_OPERATION)];
// The table of faults has every kind as a key, and no others.
const KINDS = Object.keys(FAULT_OF_ARRAY_ERROR) as ArrayErrorKind[];
const EFFECTS = [
  'error',
  'noSpace',
  'delayMs',
  'lostReply',
  'endpointGone',
  'poolDegraded',
  'crash',
] as const;

/** Methods that an effect about things, not calls, is laid over where `on` is left out. */
const ON_UNASKED = {
  endpointGone: ['bind', 'endpoints'],
  poolDegraded: ['pools', 'volumeServices'],
} as const;

const pattern = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^*]*\*?$/, 'a pattern is a word, or the beginning of one followed by *');
const milliseconds = z.int().min(0).max(LIMITS.faultDelayMs);
const moment = z.iso.datetime({ offset: true });

const ruleSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'an id has letters, digits, dots and dashes')
      .optional(),
    on: z.union([pattern, z.array(pattern).min(1).max(64)]).optional(),
    host: pattern.optional(),
    volume: pattern.optional(),
    container: pattern.optional(),
    array: pattern.optional(),
    error: z.enum(KINDS).optional(),
    message: z.string().min(1).max(500).optional(),
    noSpace: z.literal(true).optional(),
    delayMs: milliseconds.min(1).optional(),
    at: z.enum(['before', 'during', 'after']).optional(),
    lostReply: z.union([z.literal(true), z.strictObject({ afterMs: milliseconds })]).optional(),
    endpointGone: pattern.optional(),
    poolDegraded: pattern.optional(),
    /** Goes with `poolDegraded`: what volumes there do not get, as `capability.property`. */
    without: z
      .array(
        z
          .string()
          .max(256)
          .regex(/^[^.]+\..+$/, 'a property is named capability.property'),
      )
      .max(LIMITS.faultRuleProperties)
      .optional(),
    crash: z.enum(['before', 'after', ...CRASH_POINTS]).optional(),
    probability: z.number().min(0).max(1).default(1),
    skip: z.int().min(0).default(0),
    most: z.int().min(1).optional(),
    from: moment.optional(),
    until: moment.optional(),
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [path], message });
    const given = EFFECTS.filter((name) => value[name] !== undefined);
    if (given.length !== 1) refuse('effect', `give exactly one of ${EFFECTS.join(', ')}`);
    const message = value.message !== undefined;
    if (message && value.error === undefined && value.noSpace === undefined)
      refuse('message', 'goes with error or noSpace');
    if (value.at !== undefined && value.delayMs === undefined) refuse('at', 'goes with delayMs');
    if (value.without !== undefined && value.poolDegraded === undefined)
      refuse('without', 'goes with poolDegraded');
    if (onOf(value).length === 0) refuse('on', 'names the methods or VASA operations');
    for (const name of onOf(value).filter((each) => namesOf(each).length === 0))
      refuse('on', `"${name}" is no method and no VASA operation${suggestion(name, NAMES)}`);
    if (value.at === 'during' && !onOf(value).flatMap(namesOf).every(startsJob))
      refuse('at', 'a delay during the work is for what starts a task');
    for (const effect of ['endpointGone', 'poolDegraded'] as const)
      if (value[effect] !== undefined && !onOf(value).flatMap(namesOf).some(isOver(effect)))
        refuse('on', `${effect} is laid over ${ON_UNASKED[effect].join(' and ')} alone`);
  });

type WrittenRule = z.infer<typeof ruleSchema>;

function onOf(rule: Pick<WrittenRule, 'on' | 'endpointGone' | 'poolDegraded'>): readonly string[] {
  if (typeof rule.on === 'string') return [rule.on];
  if (rule.on !== undefined) return rule.on;
  if (rule.endpointGone !== undefined) return ON_UNASKED.endpointGone;
  return rule.poolDegraded === undefined ? [] : ON_UNASKED.poolDegraded;
}

function namesOf(pattern: string): readonly string[] {
  return NAMES.filter((name) => meets(pattern, name));
}

/** Tests whether an effect about things can be laid over what is named. */
function isOver(effect: keyof typeof ON_UNASKED): (name: string) => boolean {
  const methods: readonly string[] = ON_UNASKED[effect];
  return (name) => methods.includes(WORK_OF_OPERATION[name] ?? name);
}

function startsJob(name: string): boolean {
  return JOB_METHODS.has(WORK_OF_OPERATION[name] ?? name);
}

const MESSAGES: Readonly<Partial<Record<ArrayErrorKind, string>>> = {
  busy: 'the array has too much to do',
  noSpace: 'the array has no space left',
  notFound: 'there is no such thing in the array',
};

function effectOf(rule: WrittenRule): FaultEffect {
  const { message, delayMs, at = 'before', lostReply, endpointGone, poolDegraded, crash } = rule;
  if (delayMs !== undefined) return { kind: 'delay', ms: delayMs, at };
  if (lostReply !== undefined)
    return { kind: 'lostReply', afterMs: lostReply === true ? 0 : lostReply.afterMs };
  if (endpointGone !== undefined) return { kind: 'endpointGone', endpoint: endpointGone };
  if (poolDegraded !== undefined)
    return { kind: 'poolDegraded', pool: poolDegraded, without: rule.without };
  if (crash !== undefined) return { kind: 'crash', at: crash };
  const error = rule.error ?? 'noSpace';
  return { kind: 'error', error, message: message ?? MESSAGES[error] ?? 'the array refuses' };
}

/** The rule that `written` describes. Throws ConfigError naming each thing that is wrong. */
export function faultRuleOf(written: unknown): FaultRule {
  const parsed = ruleSchema.safeParse(written);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'a fault rule'}: ${message}`,
    );
    throw new ConfigError(problems.join('\n'));
  }
  const rule = parsed.data;
  const at = (text: string | undefined) =>
    text === undefined ? undefined : epochMs(Date.parse(text));
  const { id, host, volume, container, array, probability, skip, most } = rule;
  return Object.freeze({
    ...{ id, host, volume, container, array, probability, skip, most },
    on: onOf(rule),
    effect: effectOf(rule),
    from: at(rule.from),
    until: at(rule.until),
  });
}

/** The rules of a text in YAML: one rule, or a list of them. Throws ConfigError; `place` names the text. */
export function faultRulesOf(text: string, place: string): readonly FaultRule[] {
  let written: unknown;
  try {
    written = parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${place}: ${why}`);
  }
  if (written === null || written === undefined) return [];
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  return list.map((each, index) => {
    try {
      return faultRuleOf(each);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const lines = error.message.split('\n').map((line) => `${place}: rule ${index + 1}: ${line}`);
      throw new ConfigError(lines.join('\n'));
    }
  });
}

/** The rules of a file; undefined: none. Throws ConfigError. */
export function readFaultRules(file: string | undefined): readonly FaultRule[] {
  if (file === undefined) return [];
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`faultRules.file: cannot read ${file}: ${why}`);
  }
  return faultRulesOf(text, file);
}
