/**
 * What can be wrong with a message, one function for each kind: of its elements and attributes (`TREE`), and of
 * the bytes that it is written in (`BYTES`). Each changes what it is given or gives it anew; none needs to know
 * what the message says.
 */
import type { Random } from './random.ts';
import { type Element, element, elementsOf, text } from './tree.ts';

type TreeMutation = (root: Element, random: Random) => void;

const anyOf = (root: Element, random: Random): Element => random.pick(elementsOf(root));

/** An element that has children, if there is one. */
function parentIn(root: Element, random: Random): Element | undefined {
  const parents = elementsOf(root).filter(({ children }) =>
    children.some(({ kind }) => kind === 'element'),
  );
  return parents.length === 0 ? undefined : random.pick(parents);
}

/** A leaf with text, if there is one. */
function leafIn(root: Element, random: Random): Element | undefined {
  const leaves = elementsOf(root).filter(({ children }) =>
    children.every(({ kind }) => kind === 'text'),
  );
  return leaves.length === 0 ? undefined : random.pick(leaves);
}

const RAW: readonly string[] = [
  ...['&undefined;', '&#0;', '&#x110000;', '&#xD800;', '&amp', '&', '<', '<!-- -- -->', '<!---->'],
  ...['<![CDATA[x]]>', '<![CDATA[', ']]>', '<?pi x?>', '<?xml version="1.0"?>', '\u0000', '\u0008'],
  ...[
    '&lt;a&gt;',
    '&#xFFFE;',
    '\ufffe',
    '\u{1f4be}',
    '&#13;&#10;',
    '\r\n\r',
    '<a/>',
    '<a:b/>',
    '</x>',
  ],
];

const NUMBERS: readonly string[] = [
  '9'.repeat(19),
  '9'.repeat(20_000),
  `-${'0'.repeat(50_000)}1`,
  '1e400',
  `0.${'3'.repeat(1_000)}`,
  '٣',
  '１',
];

/** By the kind of mistake. */
export const TREE: Readonly<Record<string, TreeMutation>> = {
  missing: (root, random) => {
    const parent = parentIn(root, random);
    parent?.children.splice(random.below(parent.children.length), 1);
  },
  doubled: (root, random) => {
    const parent = parentIn(root, random);
    const at = random.below(parent?.children.length ?? 0);
    const child = parent?.children[at];
    if (parent === undefined || child?.kind !== 'element') return;
    // The copies are one object: they are only written.
    const isSmall = elementsOf(root).length < 500;
    const copies = isSmall ? random.pick([1, 1, 1, 1, 2, 2, 2, 1_100]) : 1;
    parent.children.splice(at, 0, ...Array.from({ length: copies }, () => child));
  },
  reordered: (root, random) => {
    const parent = parentIn(root, random);
    parent?.children.reverse();
  },
  moved: (root, random) => {
    const from = parentIn(root, random);
    const [child] = from?.children.splice(0, 1) ?? [];
    if (child !== undefined) root.children.push(child);
  },
  wrongNamespace: (root, random) => {
    const node = anyOf(root, random);
    node.prefix = random.pick(['', 'n0', 'n1', 'n6', 'xsi', 'xml', 'xmlns', 'nowhere', 'soapenv']);
  },
  wrongName: (root, random) => {
    const node = anyOf(root, random);
    node.local = random.pick([
      'return',
      '__proto__',
      'constructor',
      'Envelope',
      'é',
      'a'.repeat(5_000),
    ]);
  },
  otherType: (root, random) => {
    const value = random.pick([
      ...['n1:UsageContext', 'n6:VirtualVolumeInfo', 'n9:StorageProfile', 'n5:NotFound', 'xs:long'],
      ...[
        'xs:anyType',
        'xs:string',
        'nowhere:Type',
        ':',
        '',
        'xs:',
        'a'.repeat(5_000),
        'n1:constructor',
      ],
    ]);
    anyOf(root, random).attributes.push({ name: 'xsi:type', value });
  },
  nil: (root, random) => {
    const value = random.pick(['true', '1', 'false', '0', 'maybe', '', ' true ']);
    anyOf(root, random).attributes.push({ name: 'xsi:nil', value });
  },
  attribute: (root, random) => {
    const name = random.pick([
      'id',
      'xml:lang',
      'xmlns',
      'xmlns:n0',
      'xmlns:xml',
      'xsi:other',
      'n1:a',
      'soapenv:role',
    ]);
    anyOf(root, random).attributes.push({
      name,
      value: random.pick(['', 'x', 'http://example.com/']),
    });
  },
  attributeFlood: (root, random) => {
    const count = random.pick([31, 32, 33, 2_000]);
    const attributes = Array.from({ length: count }, (_, index) => ({
      name: `n1:a${index}`,
      value: 'x',
    }));
    anyOf(root, random).attributes.push(...attributes);
  },
  sameAttribute: (root, random) => {
    const node = anyOf(root, random);
    const [first = { name: 'xsi:nil', value: 'true' }] = node.attributes;
    node.attributes.push({ ...first });
  },
  deep: (root, random) => {
    const names = ['n1:a', ...elementsOf(root).map(({ prefix, local }) => `${prefix}:${local}`)];
    const [prefix = '', local = 'a'] = random.pick(names).split(':');
    let at = anyOf(root, random);
    for (let depth = random.pick([20, 40, 5_000]); depth > 0; depth -= 1) {
      const inner = element(prefix, local, []);
      at.children.push(inner);
      at = inner;
    }
  },
  mixed: (root, random) => {
    anyOf(root, random).children.push(text(random.pick(['text', ' ', '\n\t', 'x'.repeat(5_000)])));
  },
  raw: (root, random) => {
    anyOf(root, random).children.push(text(random.pick(RAW), true));
  },
  number: (root, random) => {
    const leaf = leafIn(root, random);
    if (leaf !== undefined) leaf.children = [text(random.pick(NUMBERS))];
  },
  blank: (root, random) => {
    const leaf = leafIn(root, random);
    if (leaf !== undefined)
      leaf.children = [text(random.pick(['', ' ', '\n', '\u00a0', '\u3000']))];
  },
  swapped: (root, random) => {
    const [one, other] = [leafIn(root, random), leafIn(root, random)];
    if (one !== undefined && other !== undefined)
      [one.children, other.children] = [other.children, one.children];
  },
  boundary: (root, random) => {
    const leaf = leafIn(root, random);
    const length = random.pick([1, 36, 255, 256, 1_024, 1_025, 16_384, 16_385, 300_000]);
    if (leaf !== undefined)
      leaf.children = [text(random.pick(['x', 'é', '\u{1f4be}', '<']).repeat(length))];
  },
};

type ByteMutation = (bytes: Buffer, random: Random) => Buffer;

const PIECES: readonly Buffer[] = [
  Buffer.from([0x00]),
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xef, 0xbb, 0xbf]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80]),
  Buffer.from([0x80]),
  ...RAW.map((each) => Buffer.from(each)),
  Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]>'),
  Buffer.from('<!DOCTYPE a SYSTEM "file:///etc/passwd">'),
];

const PROLOGUES: readonly string[] = [
  ...[
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.0" standalone="yes"?>',
  ],
  ...[
    '<?xml version="1.0" encoding="latin1"?>',
    '\n<?xml version="1.0"?>',
    '<?xml?>',
    '<!-- a -->',
    ' ',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY b "&c;"><!ENTITY c "&b;">]>',
    '<?xml version="1.0"?><?xml version="1.0"?>',
  ],
];

/** By the kind of damage. */
export const BYTES: Readonly<Record<string, ByteMutation>> = {
  bitFlip: (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let count = random.pick([1, 1, 4, 64]); count > 0 && changed.length > 0; count -= 1) {
      const at = random.below(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    }
    return changed;
  },
  truncated: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  cut: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.below(64))]);
  },
  spliced: (bytes, random) => {
    const [at, from] = [random.below(bytes.length + 1), random.below(bytes.length + 1)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from)]);
  },
  repeated: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    const piece = bytes.subarray(at, at + random.below(64));
    const times = random.pick([2, 50, 2_000]);
    return Buffer.concat([
      bytes.subarray(0, at),
      ...Array.from({ length: times }, () => piece),
      bytes.subarray(at),
    ]);
  },
  inserted: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), random.pick(PIECES), bytes.subarray(at)]);
  },
  prologue: (bytes, random) => {
    const bare = bytes.toString('utf8').replace(/^<\?xml[^>]*\?>/, '');
    return Buffer.from(random.pick(PROLOGUES) + bare);
  },
  encoded: (bytes, random) => {
    const content = bytes.toString('utf8');
    const wide = Buffer.from(`\ufeff${content}`, 'utf16le');
    return random.pick([
      wide,
      wide.swap16(),
      Buffer.from(content, 'latin1'),
      Buffer.from(`\ufeff${content}`),
    ]);
  },
  after: (bytes, random) =>
    Buffer.concat([
      bytes,
      random.pick([bytes, Buffer.from('\0'), Buffer.from(' <a/>'), Buffer.from('\n\n')]),
    ]),
};
