/**
 * Makes a SOAP body fit for the log: secrets hidden by the local name of element or attribute and by the
 * shape of the text, at any nesting, whatever the prefix, also inside CDATA and behind character
 * references. Works on what came over the wire, well-formed or not: where the text stops being XML, the
 * rest is withheld. One pass, no recursion; what is written is bounded.
 */
import { LIMITS } from '../model/limits.ts';
import { HIDDEN, hasSecretShape, isSecretName } from './redaction.ts';

const NAME = /[A-Za-z_:\u0080-\uffff][-A-Za-z0-9._:\u0080-\uffff]*/y;
const ATTRIBUTE =
  /\s+([A-Za-z_:\u0080-\uffff][-A-Za-z0-9._:\u0080-\uffff]*)\s*=\s*("[^"<]*"|'[^'<]*')/y;
const TAG_END = /\s*(\/?)>/y;

interface Scan {
  readonly text: string;
  readonly limit: number;
  at: number;
  out: string;
  /** Names of the open elements; `secretDepth` is how many were open where a secret began. */
  readonly open: string[];
  secretDepth: number | undefined;
  /** Text of the present element since the last tag, as written and with references resolved. */
  run: { raw: string; plain: string };
}

/** The body with its secrets hidden, at most `limit` characters and a note on what was cut. */
export function redactXml(text: string, limit: number = LIMITS.logBodyCharacters): string {
  const scan: Scan = {
    text,
    limit,
    at: 0,
    out: '',
    open: [],
    secretDepth: undefined,
    run: { raw: '', plain: '' },
  };
  while (scan.at < text.length && scan.out.length + scan.run.raw.length <= limit) {
    if (!step(scan)) return withheld(scan, 'not well-formed');
  }
  if (scan.at < text.length) return withheld(scan, 'cut');
  if (scan.open.length > 0) return withheld(scan, 'not closed');
  flushRun(scan);
  return scan.out;
}

function withheld(scan: Scan, why: string): string {
  const rest = scan.text.length - scan.at + scan.run.raw.length;
  return `${scan.out.slice(0, scan.limit)}[${why}: ${rest} more characters withheld]`;
}

/** Takes one piece of markup or text; false when there is none that XML allows. */
function step(scan: Scan): boolean {
  const { text, at } = scan;
  if (text[at] !== '<') return takeText(scan);
  if (text.startsWith('<![CDATA[', at)) return takeCdata(scan);
  if (text.startsWith('<!--', at)) return skip(scan, '-->', '<!--withheld-->');
  if (text.startsWith('<?', at)) return skip(scan, '?>', '');
  if (text.startsWith('</', at)) return takeEndTag(scan);
  return takeStartTag(scan);
}

function takeText(scan: Scan): boolean {
  const next = scan.text.indexOf('<', scan.at);
  const end = next < 0 ? scan.text.length : next;
  const raw = scan.text.slice(scan.at, end);
  // Text outside the root is no XML, whatever it is: a form, JSON, half a header.
  if (scan.open.length === 0 && raw.trim() !== '') return false;
  scan.at = end;
  return addToRun(scan, raw, resolveReferences(raw));
}

function takeCdata(scan: Scan): boolean {
  const end = scan.text.indexOf(']]>', scan.at);
  if (end < 0 || scan.open.length === 0) return false;
  const raw = scan.text.slice(scan.at, end + 3);
  scan.at = end + 3;
  return addToRun(scan, raw, raw.slice(9, -3));
}

/** Text is held until its element's next tag, so that a secret cut in pieces is still seen whole. */
function addToRun(scan: Scan, raw: string, plain: string | undefined): boolean {
  if (plain === undefined) return false;
  if (scan.secretDepth !== undefined) return true;
  scan.run.raw += raw;
  scan.run.plain += plain;
  return true;
}

function flushRun(scan: Scan): void {
  const { raw, plain } = scan.run;
  if (raw !== '') scan.out += hasSecretShape(raw) || hasSecretShape(plain) ? HIDDEN : raw;
  scan.run = { raw: '', plain: '' };
}

/** A comment or instruction parts text as little for us as for its reader: the run goes on. */
function skip(scan: Scan, terminator: string, replacement: string): boolean {
  const end = scan.text.indexOf(terminator, scan.at);
  if (end < 0) return false;
  scan.at = end + terminator.length;
  return addToRun(scan, replacement, '');
}

function takeStartTag(scan: Scan): boolean {
  const name = match(NAME, scan, scan.at + 1);
  if (name === undefined) return false;
  const mark = scan.at;
  scan.at += 1 + name[0].length;
  const secret = isSecretName(localName(name[0]));
  let tag = `<${name[0]}`;
  for (;;) {
    const attribute = match(ATTRIBUTE, scan, scan.at);
    if (attribute === undefined) break;
    scan.at += attribute[0].length;
    tag += ` ${attribute[1] ?? ''}=${attributeValue(secret, attribute[1] ?? '', attribute[2] ?? '')}`;
  }
  const end = match(TAG_END, scan, scan.at);
  if (end === undefined) {
    scan.at = mark;
    return false;
  }
  scan.at += end[0].length;
  const empty = end[1] === '/';
  if (scan.secretDepth === undefined) {
    flushRun(scan);
    scan.out += `${tag}${empty ? '/' : ''}>`;
    if (secret && !empty) {
      scan.secretDepth = scan.open.length;
      scan.out += HIDDEN;
    }
  }
  if (!empty) scan.open.push(name[0]);
  return true;
}

function takeEndTag(scan: Scan): boolean {
  const name = match(NAME, scan, scan.at + 2);
  const end = name && match(/\s*>/y, scan, scan.at + 2 + name[0].length);
  if (name === undefined || end === undefined || scan.open.at(-1) !== name[0]) return false;
  scan.open.pop();
  scan.at += 2 + name[0].length + end[0].length;
  if (scan.secretDepth !== undefined && scan.open.length > scan.secretDepth) return true;
  scan.secretDepth = undefined;
  flushRun(scan);
  scan.out += `</${name[0]}>`;
  return true;
}

function attributeValue(inSecret: boolean, name: string, quoted: string): string {
  const plain = resolveReferences(quoted);
  const harmless = name === 'xmlns' || name.startsWith('xmlns:') || localName(name) === 'nil';
  if (harmless && plain !== undefined && !hasSecretShape(plain)) return quoted;
  const hide = inSecret || isSecretName(localName(name)) || plain === undefined;
  return hide || hasSecretShape(plain) || hasSecretShape(quoted) ? `"${HIDDEN}"` : quoted;
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function match(pattern: RegExp, scan: Scan, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(scan.text) ?? undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** Text with XML's own references resolved; undefined when one is not XML's. */
function resolveReferences(raw: string): string | undefined {
  if (!raw.includes('&')) return raw;
  let sound = true;
  const plain = raw.replace(/&([^;&<]{0,12})(;?)/g, (_whole, name: string, end: string) => {
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const character = name.startsWith('#') ? characterOf(code) : NAMED[name];
    if (end === '' || character === undefined) sound = false;
    return character ?? '';
  });
  return sound ? plain : undefined;
}

function characterOf(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
