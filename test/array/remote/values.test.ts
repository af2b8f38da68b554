/** Values and messages of the connection to an array in another process. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, frameOf } from '../../../src/array/remote/frames.ts';
import { parsedValue, valueText } from '../../../src/array/remote/values.ts';
import { LIMITS } from '../../../src/model/limits.ts';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
    fc
      .double({ noDefaultInfinity: true, noNaN: true })
      .map((number) => (number === 0 ? 0 : number)),
    fc.constant(undefined),
    fc.constant(null),
    fc.uint8Array(),
    fc.array(tie('any')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', 'v', '__proto__')), tie('any')),
    fc.array(fc.tuple(tie('any'), tie('any'))).map((pairs) => new Map(pairs)),
  ),
})).any;

describe('values', () => {
  it('of every kind that the port has come back as they were', () => {
    fc.assert(
      fc.property(value, (one) => {
        const back = parsedValue(valueText(one));
        expect(back).toStrictEqual(withPlainPrototypes(one));
      }),
    );
  });

  it('that the port has not are refused', () => {
    for (const one of [() => 1, Symbol('x'), new Date(), new Set(), new Error('x'), Number.NaN])
      expect(() => valueText(one)).toThrow();
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown kind', '{"$":"date","v":1}'],
    ['a number of too many digits', `{"$":"bigint","v":"${'9'.repeat(41)}"}`],
    ['a number that is none', '{"$":"bigint","v":"0x10"}'],
    ['a map of no pairs', '{"$":"map","v":[[1]]}'],
    ['bytes that are no text', '{"$":"bytes","v":7}'],
    ['nesting without end', '['.repeat(100) + ']'.repeat(100)],
  ])('are refused that are %s', (_, text) => {
    expect(() => parsedValue(text)).toThrow();
  });
});

describe('frames', () => {
  it('are read whole, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat()), (texts, cuts) => {
        const bytes = Buffer.concat(texts.map(frameOf));
        const places = cuts.map((cut) => (bytes.length === 0 ? 0 : cut % bytes.length));
        const ends = [...places.sort((one, other) => one - other), bytes.length];
        const reader = new FrameReader();
        const read: string[] = [];
        let start = 0;
        for (const end of ends) {
          read.push(...reader.push(bytes.subarray(start, end)));
          start = end;
        }
        expect(read).toEqual(texts.map((text) => Buffer.from(text).toString()));
      }),
    );
  });

  it('that announce too much are refused before it comes', () => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(LIMITS.arrayMessageBytes + 1);
    expect(() => new FrameReader().push(header)).toThrow('too long');
  });
});

/** fast-check makes dictionaries without a prototype. */
function withPlainPrototypes(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(withPlainPrototypes);
  if (one instanceof Map)
    return new Map(
      [...one].map(([key, each]) => [withPlainPrototypes(key), withPlainPrototypes(each)]),
    );
  if (typeof one !== 'object' || one === null || one instanceof Uint8Array) return one;
  return Object.fromEntries(
    Object.entries(one).map(([key, each]) => [key, withPlainPrototypes(each)]),
  );
}
