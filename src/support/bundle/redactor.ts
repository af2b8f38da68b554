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

/** What replaces a body that is not wanted. */
const LEFT_OUT = '[left out]';
const BODY_NAME = /^(request|response)_?body$/i;
const URL_USER = /([a-z][a-z0-9+.-]{1,15}:\/\/)[^\s/@"'<>]{1,512}@/gi;
/** The beginning of a PEM block that was put into base64 as a whole. */
const ENCODED_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]*/g;

export interface RedactorOptions {
  /** Finds the secrets that are known, in all their forms. */
  readonly known: RegExp | undefined;
  readonly bodies: 'none' | 'redacted';
}

/** One for each bundle. */
export function createRedactor({ known, bodies }: RedactorOptions): Redactor {
  const counts = new Map<string, Map<Rule, number>>();
  const count = (file: string, rule: Rule, times: number): void => {
    if (times === 0) return;
    const ofFile = counts.get(file) ?? new Map<Rule, number>();
    counts.set(file, ofFile.set(rule, (ofFile.get(rule) ?? 0) + times));
  };
  const plain = (file: string, given: string): string => {
    // Whole keys before their lines, which are known too.
    let text = hideSecretShapes(given).replace(ENCODED_PEM, (whole) =>
      Buffer.from(whole, 'base64').toString('latin1').includes('PRIVATE KEY') ? HIDDEN : whole,
    );
    count(file, 'shape', Math.max(0, hiddenIn(text) - hiddenIn(given)));
    if (known !== undefined) {
      text = text.replace(known, () => {
        count(file, 'known', 1);
        return HIDDEN;
      });
    }
    text = text.replace(URL_USER, (_whole, scheme: string) => {
      count(file, 'url', 1);
      return `${scheme}${HIDDEN}@`;
    });
    const named = hideNamedValues(text, HIDDEN);
    count(file, 'text', named.count);
    return named.text;
  };

  const body = (file: string, text: string): string => {
    if (bodies === 'none') {
      count(file, 'bodyLeftOut', 1);
      return LEFT_OUT;
    }
    const before = hiddenIn(text);
    const hidden = redactXml(text);
    count(file, 'body', Math.max(0, hiddenIn(hidden) - before));
    return plain(file, hidden);
  };

  const data = (file: string, value: unknown, name = ''): unknown => {
    if (typeof value === 'string') {
      if (BODY_NAME.test(name)) return body(file, value);
      if (!isSecretName(name) || value === HIDDEN) return plain(file, value);
    }
    // A yes or no, and how many, give nothing away; whatever else stands under such a name may.
    const isHarmless = value === null || value === undefined || typeof value === 'boolean';
    if (isSecretName(name) && !isHarmless) {
      count(file, 'name', value === HIDDEN ? 0 : 1);
      return HIDDEN;
    }
    if (Array.isArray(value)) return value.map((each: unknown) => data(file, each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [plain(file, key), data(file, inner, key)]),
    );
  };

  return {
    text: (file, text) => plain(file, text.slice(0, LIMITS.supportTextCharacters)),
    data: (file, value) => data(file, value),
    report: () =>
      [...counts].flatMap(([file, rules]) =>
        [...rules].map(([rule, times]) => ({ file, rule, count: times })),
      ),
  };
}

function hiddenIn(text: string): number {
  return text.split(HIDDEN).length - 1;
}
