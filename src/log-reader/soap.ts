/**
 * SOAP as people read it: one line for each element that has text, indented by depth, without prefixes and
 * envelope. Secrets were hidden before the body came to the log.
 */
import { SaxesParser } from 'saxes';
import { LIMITS } from '../model/limits.ts';

const WRAPPING: ReadonlySet<string> = new Set(['Envelope', 'Body', 'Header']);
const VALUE_CHARACTERS = 160;
/** Deeper nesting is no message of VASA, and costs the parser time beyond all measure. */
const DEPTH = 32;

/** The lines of a body. One that is no XML is shown as far as it is. */
export function soapLines(xml: string): readonly string[] {
  const lines: { depth: number; name: string; text: string }[] = [];
  const open: (typeof lines)[number][] = [];
  let depth = 0;
  let problem: string | undefined;
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => {
    problem = message.replace(/^\d+:\d+: /, '');
    throw new Stop();
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= DEPTH || lines.length > LIMITS.logReaderSoapLines) throw new Stop();
    const local = localName(name);
    const type = Object.entries(attributes).find(([each]) => localName(each) === 'type')?.[1];
    const line = {
      depth,
      name: type === undefined ? local : `${local} (${localName(type)})`,
      text: '',
    };
    open.push(line);
    if (WRAPPING.has(local)) return;
    lines.push(line);
    depth += 1;
  });
  parser.on('text', (text) => {
    const line = open.at(-1);
    if (line !== undefined && line.text.length < VALUE_CHARACTERS) line.text += text;
  });
  parser.on('closetag', ({ name }) => {
    open.pop();
    if (!WRAPPING.has(localName(name))) depth -= 1;
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  const shown = lines.slice(0, LIMITS.logReaderSoapLines).map(lineText);
  const isCut = lines.length > shown.length;
  const more = problem === undefined ? (isCut ? ['…'] : []) : [`… here it ends: ${problem}`];
  return [...shown, ...more];
}

class Stop extends Error {
  override readonly name = 'Stop';
}

function lineText({ depth, name, text }: { depth: number; name: string; text: string }): string {
  const value = text.trim().replaceAll(/\s+/g, ' ');
  const cut = value.length > VALUE_CHARACTERS ? `${value.slice(0, VALUE_CHARACTERS)}…` : value;
  return `${'  '.repeat(depth)}${name}${cut === '' ? '' : `: ${cut}`}`;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
