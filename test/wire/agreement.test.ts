/**
 * The reader against libxml2: messages with elements removed, repeated, exchanged, renamed or moved to
 * another namespace are accepted by both or refused by both. And whatever is done to a request's bytes,
 * the reader answers with a request or with a MessageError, never with anything else.
 */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { afterAll, describe, expect, test } from 'vitest';
import { compileCodec } from '../../src/wire/codec.ts';
import { compileMessageReader, writeEnvelope } from '../../src/wire/envelope.ts';
import { MessageError } from '../../src/wire/errors.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';
import { arbitraryElement, fixedElement } from '../support/wire/values.ts';
import { compileSchemas } from '../support/wire/xsd.ts';

interface Node {
  name: string;
  readonly attributes: string;
  readonly children: (Node | string)[];
}

function parse(xml: string): Node {
  const root: Node = { name: '', attributes: '', children: [] };
  const stack = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    const node = { name, attributes: written.join(''), children: [] };
    stack.at(-1)?.children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => void stack.pop());
  parser.on('text', (text) => void stack.at(-1)?.children.push(text));
  parser.write(xml).close();
  const [first] = root.children;
  if (first === undefined || typeof first === 'string') throw new TypeError('no element');
  return first;
}

function print(node: Node | string): string {
  if (typeof node === 'string')
    return node.replace(/[&<>\r]/g, (each) => `&#${each.charCodeAt(0)};`);
  return `<${node.name}${node.attributes}>${node.children.map(print).join('')}</${node.name}>`;
}

/** Every element but the root, with its parent. */
function places(node: Node): { parent: Node; at: number }[] {
  return node.children.flatMap((child, at) =>
    typeof child === 'string' ? [] : [{ parent: node, at }, ...places(child)],
  );
}

const CHANGES = ['remove', 'repeat', 'exchange', 'rename', 'move'] as const;

function change(root: Node, kind: (typeof CHANGES)[number], pick: number): void {
  const all = places(root);
  const place = all[pick % Math.max(1, all.length)];
  if (place === undefined) return;
  const { parent, at } = place;
  const child = parent.children[at];
  if (child === undefined || typeof child === 'string') return;
  const [prefix, local] = child.name.split(':');
  if (kind === 'remove') parent.children.splice(at, 1);
  else if (kind === 'repeat') parent.children.splice(at, 0, child);
  else if (kind === 'rename') child.name = `${prefix}:${local}x`;
  else if (kind === 'move') child.name = `com:${local}`;
  else if (at + 1 < parent.children.length)
    parent.children.splice(at, 2, parent.children[at + 1] ?? '', child);
}

describe('reader and libxml2', () => {
  const codec = compileCodec(service);
  const schemas = compileSchemas('vasa-2.0');
  afterAll(() => schemas.dispose());

  const accepts = (read: () => void): boolean => {
    try {
      read();
      return true;
    } catch {
      return false;
    }
  };

  test('agree on what is a message', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(
        fc
          .constantFrom(...Object.keys(service.elements))
          .chain((key) => fc.tuple(fc.constant(key), arbitraryElement(service, key))),
        fc.array(fc.tuple(fc.constantFrom(...CHANGES), fc.nat()), { minLength: 1, maxLength: 2 }),
        ([key, value], changes) => {
          const root = parse(codec.encode(key, value));
          for (const [kind, pick] of changes) change(root, kind, pick);
          const xml = print(root);
          const ours = accepts(() => codec.decode(key, xml));
          outcomes.add(String(ours));
          expect({ xml, ours }).toEqual({ xml, ours: accepts(() => schemas.validate(xml)) });
        },
      ),
      { numRuns: 600 },
    );
    expect(outcomes).toEqual(new Set(['true', 'false']));
  });
});

test('a request damaged in any way is a request or a MessageError', () => {
  const codec = compileCodec(service);
  const readMessage = compileMessageReader(codec);
  const requests = Object.values(service.operations)
    .flatMap(({ input }) => (input === null ? [] : [input]))
    .map((key) => Buffer.from(writeEnvelope('1.1', codec.encode(key, fixedElement(service, key)))));
  const piece = fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      '"',
      '<!--',
      ']]>',
      '<![CDATA[',
      'xsi:nil="1"',
      ' xmlns=""',
      '&#0;',
    ),
    fc.string({ maxLength: 4 }),
  );
  let damaged = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...requests),
      fc.nat(),
      fc.nat({ max: 30 }),
      piece,
      (whole, at, cut, put) => {
        const place = at % whole.length;
        const body = Buffer.concat([
          whole.subarray(0, place),
          Buffer.from(put),
          whole.subarray(place + cut),
        ]);
        const { error } = readMessage('1.1', undefined, body);
        if (error === undefined) return;
        damaged += 1;
        expect(error).toBeInstanceOf(MessageError);
      },
    ),
    { numRuns: 1_500 },
  );
  expect(damaged).toBeGreaterThan(500);
});
