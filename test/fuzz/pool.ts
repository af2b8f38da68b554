/**
 * Words for requests: those of the protocol, awkward ones, and whatever the provider has answered so far, by
 * the name of the element it stood in, so that a request can name what exists. Bounded; the oldest goes.
 */
import type { Random } from './random.ts';

const PER_NAME = 32;
const NAMES = 512;

/** Words that operations know. */
const WORDS: readonly string[] = [
  ...['Normal', 'RebindStart', 'RebindEnd', 'Data', 'Config', 'Swap', 'Memory', 'Other'],
  ...['SnapshotReadOnly', 'Snapshot', 'StorageArray', 'StorageLun', 'StorageFileSystem', 'Equals'],
  ...[
    'VMW_VVolName',
    'VMW_VmID',
    'VMW_ContainerId',
    'VMW_GosType',
    'en',
    'com.vmware.storageprofile.std',
  ],
];

/** Words that programs stumble over. */
const AWKWARD: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '0',
    '-1',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    'toString',
    '%s%n',
  ],
  ...[
    "' OR 1=1 --",
    '../../etc/passwd',
    '{{7*7}}',
    '\u{1f4be}',
    'e\u0301',
    '\u202e',
    '\ufffd',
    '\u0085',
  ],
  ...[
    'rfc4122.',
    'rfc4122.00000000-0000-0000-0000-000000000000',
    'RFC4122.ABC',
    'naa.',
    'a'.repeat(1_025),
  ],
  ...['x'.repeat(20_000), '-----BEGIN CERTIFICATE-----', 'MIIB', '['.repeat(200), '"', '\\', ']]>'],
];

export interface Pool {
  /** Takes the texts of an answer, or of a request that made sense. */
  learn(xml: string): void;
  /** A text for an element of this name. */
  textFor(local: string, random: Random): string;
}

/** Which answers' elements are likely arguments of requests' elements of other names. */
const ALIKE: readonly [RegExp, RegExp][] = [
  [/vvol|snapshot|uniqueId|result/i, /vvol|src|dst|snapshot|uniqueIdentifier/i],
  [/container|uniqueIdentifier/i, /container/i],
  [/array|uniqueIdentifier|return/i, /array|entity/i],
  [/./, /Id$|Ids$|UniqueId$/],
];

/** An empty pool. */
export function newPool(): Pool {
  const known = new Map<string, string[]>();
  const add = (local: string, value: string): void => {
    const own = known.get(local) ?? [];
    if (known.size >= NAMES && own.length === 0) return;
    if (!own.includes(value)) own.push(value);
    if (own.length > PER_NAME) own.shift();
    known.set(local, own);
  };
  return {
    learn: (xml) => {
      for (const [, local = '', value = ''] of xml.matchAll(
        /<(?:\w+:)?(\w+)(?:\s[^>]*)?>([^<]{1,256})</g,
      ))
        add(local, value);
    },
    textFor: (local, random) => {
      const own = known.get(local) ?? [];
      if (own.length > 0 && random.chance(0.6)) return random.pick(own);
      const others = [...known].filter(([name]) =>
        ALIKE.some(([from, to]) => to.test(local) && from.test(name)),
      );
      if (others.length > 0 && random.chance(0.6)) return random.pick(random.pick(others)[1]);
      return random.pick(random.chance(0.5) ? WORDS : AWKWARD);
    },
  };
}
