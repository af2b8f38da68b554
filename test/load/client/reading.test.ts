/** Values out of answers of any writer, by local name. */
import { describe, expect, it } from 'vitest';
import { fragmentIn, textIn, textsIn } from '../../../src/load/client/reading.ts';

const ANSWER = `<?xml version="1.0"?><S:Envelope xmlns:S="s"><S:Body><a:r xmlns:a="A" xmlns:b='B'>
  <a:item><b:eventIds>9</b:eventIds><b:eventId xsi:type="x">1</b:eventId></a:item>
  <a:item><eventId>2&amp;3</eventId></a:item><a:empty/></a:r></S:Body></S:Envelope>`;

describe('textIn', () => {
  it('is the text as it stands of the first element of that name, whatever its prefix', () => {
    expect(textIn(ANSWER, 'eventId')).toBe('1');
    expect(textsIn(ANSWER, 'eventId')).toEqual(['1', '2&amp;3']);
  });

  it('is nothing where there is none, and no text or attribute is taken for an element', () => {
    expect(textIn(ANSWER, 'event')).toBeUndefined();
    expect(textIn('<a>eventId></a>', 'eventId')).toBeUndefined();
    expect(textIn('<a b="c:eventId">x</a>', 'eventId')).toBeUndefined();
  });
});

describe('fragmentIn', () => {
  it('has the content with every namespace that is declared there', () => {
    const { namespaces, inner } = fragmentIn(ANSWER, 'item') ?? { namespaces: '', inner: '' };
    expect(inner).toMatch(/^<b:eventIds>9<.*1<\/b:eventId>$/);
    expect(namespaces).toBe(` xmlns:S="s" xmlns:a="A" xmlns:b='B'`);
  });

  it('takes a declaration nearer to it before one farther away', () => {
    const nearer = '<x xmlns:p="far"><p:handle xmlns:p="near"><p:id>1</p:id></p:handle></x>';
    expect(fragmentIn(nearer, 'handle')).toEqual({
      namespaces: ' xmlns:p="near"',
      inner: '<p:id>1</p:id>',
    });
  });

  it('is nothing where there is none', () => {
    expect(fragmentIn(ANSWER, 'handle')).toBeUndefined();
  });
});
