/** Where an answer ends, however its bytes arrive. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerReader, type HttpAnswer } from '../../../src/load/client/http.ts';

const PLAIN =
  'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nSet-Cookie: VASASESSIONID=abc123; Path=/; Secure\r\nContent-Length: 9\r\n\r\n<answer/>';
const CHUNKED =
  'HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\n<ans\r\n5;x=y\r\nwer/>\r\n0\r\n\r\n';
const TRAILED =
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n<answer/>\r\n0\r\nX: y\r\n\r\n';

/** Gives the bytes in pieces that end at these places. */
function readIn(text: string, places: readonly number[]): HttpAnswer | undefined {
  const reader = new AnswerReader();
  const bytes = Buffer.from(text, 'latin1');
  const ends = [...new Set(places.map((place) => place % bytes.length)), bytes.length]
    .filter((end) => end > 0)
    .sort((a, b) => a - b);
  let at = 0;
  let answer: HttpAnswer | undefined;
  for (const end of ends) {
    expect(answer).toBeUndefined();
    answer = reader.take(bytes.subarray(at, end));
    at = end;
  }
  return answer;
}

describe('an answer', () => {
  it.each([
    ['of a known length', PLAIN, { status: 200, session: 'abc123', isLast: false }],
    ['in chunks', CHUNKED, { status: 500, session: undefined, isLast: true }],
    ['in chunks with a trailer', TRAILED, { status: 200, session: undefined, isLast: false }],
  ])('%s is whole when its last byte is there, and not before', (_, text, expected) => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), (places) => {
        expect(readIn(text, places)).toEqual({ ...expected, body: '<answer/>' });
      }),
    );
  });

  it('may be followed by another in the same reader', () => {
    const reader = new AnswerReader();
    expect(reader.take(Buffer.from(PLAIN))?.status).toBe(200);
    expect(reader.take(Buffer.from(CHUNKED))?.status).toBe(500);
  });

  it.each([
    ['is no HTTP', 'SSH-2.0\r\n\r\n'],
    ['does not say where it ends', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['has more than it said', `${PLAIN}x`],
    ['has a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['has headers without an end', `HTTP/1.1 200 OK\r\n${'x'.repeat(70_000)}`],
  ])('that %s is an error', (_, text) => {
    expect(() => new AnswerReader().take(Buffer.from(text))).toThrow();
  });
});
