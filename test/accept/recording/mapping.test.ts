/** Which id of a replay stands for which of its recording: whatever ids two providers make, requests name the same things. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mapping } from '../../../src/accept/recording/mapping.ts';

/** Ids as providers make them. */
const ID = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => `rfc4122.${id}`),
  fc.uuid().map((id) => `cloneVirtualVolume:${id}`),
  fc.stringMatching(/^naa\.6[0-9a-f]{31}$/),
  fc.stringMatching(/^vol-[a-z]{4}-[0-9]{4}$/),
);

const IDS = fc.uniqueArray(fc.tuple(ID, ID), {
  minLength: 1,
  maxLength: 20,
  // No id within another, or twice on its side.
  comparator: (one, other) =>
    [0, 1].some((at) => {
      const [a, b] = [one[at] ?? '', other[at] ?? ''];
      const core = (id: string) => id.replace(/^.*[:.]/, '');
      return core(a) === core(b) || a.includes(core(b)) || b.includes(core(a));
    }),
});

describe('Mapping', () => {
  it('replaces each id of an answer by the one in the same place, wherever it stands', () => {
    fc.assert(
      fc.property(IDS, fc.constantFrom('', '-vm', '/disk 1.vmdk'), (ids, suffix) => {
        const mapping = new Mapping();
        for (const [before, after] of ids)
          expect(mapping.match('vvolId', before, after)).toBeUndefined();
        for (const [before, after] of ids) {
          expect(mapping.substitute('baseVvolId', before)).toEqual({ text: after });
          const within = mapping.substitute('parameterValue', `${before}${suffix}`);
          expect(within).toEqual({ text: `${after}${suffix}` });
          expect(mapping.match('objectId', before, after)).toBeUndefined();
          expect(mapping.match('parameterValue', before + suffix, after + suffix)).toBeUndefined();
        }
      }),
    );
  });

  it('leaves what a request said first as it is, and wants it back unchanged', () => {
    fc.assert(
      fc.property(ID, ID, (own, other) => {
        fc.pre(own !== other);
        const mapping = new Mapping();
        mapping.ask('profileId', own);
        expect(mapping.match('profileId', own, own)).toBeUndefined();
        expect(mapping.match('profileId', own, other)).toBe('another value');
        expect(mapping.substitute('profileId', own)).toEqual({ text: own });
      }),
    );
  });

  it('is one to one: an id names one thing, and a thing has one id', () => {
    fc.assert(
      fc.property(IDS, (ids) => {
        fc.pre(ids.length > 1);
        const [[a, x], [b, y]] = ids as [[string, string], [string, string]];
        const mapping = new Mapping();
        mapping.match('vvolId', a, x);
        expect(mapping.match('vvolId', a, y)).toBe('names another thing');
        expect(mapping.match('vvolId', b, x)).toBe('one id for two things');
        expect(mapping.match('vvolId', b, y)).toBeUndefined();
      }),
    );
  });

  it('says of an id in whose place nothing came that it is missing', () => {
    fc.assert(
      fc.property(ID, (id) => {
        const mapping = new Mapping();
        mapping.tell('vvolId', id);
        expect(mapping.substitute('vvolId', id)).toHaveProperty('missing');
      }),
    );
  });

  it('keeps cursors apart from other numbers, and in order', () => {
    const mapping = new Mapping();
    mapping.match('eventId', '17', '1000');
    mapping.match('eventId', '18', '1003');
    expect(mapping.substitute('lastEventId', '18')).toEqual({ text: '1003' });
    expect(mapping.substitute('sizeInMB', '18')).toEqual({ text: '18' });
    mapping.ask('lastEventId', '118');
    expect(mapping.substitute('lastEventId', '118')).toEqual({ text: '1103' });
    expect(mapping.match('eventId', '19', '1003')).toBe('one id for two things');
    mapping.tell('eventId', '20');
    expect(mapping.substitute('lastEventId', '20')).toEqual({ text: '1003' });
  });

  it('does not take bits for ids', () => {
    const mapping = new Mapping();
    expect(mapping.match('chunkBitmap', 'AAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAB')).toBe(
      'another value',
    );
  });
});
