/**
 * The one door into a support bundle: everything that is put into it goes through here, and what is secret does not
 * come out. By name and by shape as for the log (`log/redaction.ts`), in texts by name and value, in URLs, and by the
 * secrets that are known on this machine, in every form they may have taken. Counts what it hid, and never keeps it.
 */
import { redactXml } from '../../log/redact-xml.ts';
import { HIDDEN, hideSecretShapes, isSecretName } from '../../log/redaction.ts';
import { LIMITS } from '../../model/limits.ts';
import { hideNamedValues } from './named-values.ts';

/** Why something was hidden. The words stand in `redaction.json`. */
export const RULES = {
  name: 'a value under a name that sounds like a secret',
  shape: 'a private key or a session cookie',
  text: 'a name that sounds like a secret with its value, in a text',
  url: 'user and password in a URL',
  known: 'a secret that is known on this machine',
  body: 'a secret in a SOAP body',
  bodyLeftOut: 'a SOAP body that was to be left out',
} as const;
export type Rule = keyof typeof RULES;

/** What was hidden: never what it was. */
export interface Redaction {
  readonly file: string;
  readonly rule: Rule;
  readonly count: number;
}

export interface Redactor {
  /** A text with its secrets hidden. `file`: where it goes. */
  text(file: string, text: string): string;
  /** The same of plain data. */
  data(file: string, data: unknown): unknown;
  /** What was hidden so far, by file and rule. */
  report(): readonly Redaction[];
}

/** What stands in place of what is not wanted. */
const LEFT_OUT = '[left out]';
const BODY_NAME = /^(request|response)_?body$/i;
const URL_USER = /([a-z][a-z0-9+.-]{1,15}:\/\/)[^\s/@"'<>]{1,512}@/gi;
/** Too short for a key, no beginning of one, and without what parts a name from its value: most texts of a log. */
const WORDS = /^(?!.*--)[\w .-]{0,40}$/;
/** The beginning of a PEM block that was put into base64 as a whole. */
const ENCODED_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]*/g;

export interface RedactorOptions {
  /** Finds the secrets that are known, in all their forms. */
  readonly known: RegExp | undefined;
  readonly bodies: 'none' | 'redacted';
}

/** One for each bundle. */
export function createRedactor(options: RedactorOptions): Redactor {
  const tally = createTally();
  const text = textRedactor(options, tally);
  const data = dataRedactor(options, tally, text);
  return {
    text: (file, given) => text(file, given.slice(0, LIMITS.supportTextCharacters)),
    data: (file, value) => data(file, value, '', 0),
    report: () => tally.report(),
  };
}

interface Tally {
  count(file: string, rule: Rule, times: number): void;
  report(): readonly Redaction[];
}

function createTally(): Tally {
  const counts = new Map<string, Map<Rule, number>>();
  return {
    count: (file, rule, times) => {
      if (times <= 0) return;
      const ofFile = counts.get(file) ?? new Map<Rule, number>();
      counts.set(file, ofFile.set(rule, (ofFile.get(rule) ?? 0) + times));
    },
    report: () =>
      [...counts].flatMap(([file, rules]) =>
        [...rules].map(([rule, count]) => ({ file, rule, count })),
      ),
  };
}

type RedactText = (file: string, text: string) => string;

function textRedactor({ known }: RedactorOptions, { count }: Tally): RedactText {
  const withoutKnown: RedactText = (file, text) =>
    known === undefined
      ? text
      : text.replace(known, () => {
          count(file, 'known', 1);
          return HIDDEN;
        });
  return (file, given) => {
    if (WORDS.test(given)) return withoutKnown(file, given);
    // Whole keys before their lines, which are known too.
    let text = hideSecretShapes(given).replace(ENCODED_PEM, (whole) =>
      Buffer.from(whole, 'base64').toString('latin1').includes('PRIVATE KEY') ? HIDDEN : whole,
    );
    count(file, 'shape', hiddenIn(text) - hiddenIn(given));
    text = withoutKnown(file, text).replace(URL_USER, (_whole, scheme: string) => {
      count(file, 'url', 1);
      return `${scheme}${HIDDEN}@`;
    });
    const named = hideNamedValues(text, HIDDEN);
    count(file, 'text', named.count);
    return named.text;
  };
}

function dataRedactor({ bodies }: RedactorOptions, { count }: Tally, text: RedactText) {
  const body: RedactText = (file, given) => {
    if (bodies === 'none') {
      count(file, 'bodyLeftOut', 1);
      return LEFT_OUT;
    }
    const hidden = redactXml(given);
    count(file, 'body', hiddenIn(hidden) - hiddenIn(given));
    return text(file, hidden);
  };
  const isSecret = rememberingNames();
  const data = (file: string, value: unknown, name: string, depth: number): unknown => {
    if (typeof value === 'string') {
      if (BODY_NAME.test(name)) return body(file, value);
      if (!isSecret(name) || value === HIDDEN) return text(file, value);
    }
    // A yes or no gives nothing away; whatever else stands under such a name may.
    const isHarmless = value === null || value === undefined || typeof value === 'boolean';
    if (!isHarmless && isSecret(name)) {
      count(file, 'name', 1);
      return HIDDEN;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth > LIMITS.supportDepth) return LEFT_OUT;
    if (Array.isArray(value))
      return value.map((each: unknown) => data(file, each, name, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        text(file, key),
        data(file, inner, key, depth + 1),
      ]),
    );
  };
  return data;
}

/** Names come again and again. */
function rememberingNames(): (name: string) => boolean {
  const remembered = new Map<string, boolean>();
  return (name) => {
    const isSecret = remembered.get(name) ?? isSecretName(name);
    if (remembered.size < LIMITS.supportNames) remembered.set(name, isSecret);
    return isSecret;
  };
}

function hiddenIn(text: string): number {
  return text.split(HIDDEN).length - 1;
}
