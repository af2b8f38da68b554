/** Which differences between two answers are differences, and which are not. */
import { describe, expect, it } from 'vitest';
import { compareAnswers, type NewAnswer } from '../../../src/accept/recording/answers.ts';
import type { RecordedCall } from '../../../src/accept/recording/format.ts';
import { Mapping } from '../../../src/accept/recording/mapping.ts';

const ONE = 'rfc4122.11111111-1111-4111-8111-111111111111';
const TWO = 'rfc4122.22222222-2222-4222-8222-222222222222';
const NEW_ONE = 'rfc4122.aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const NEW_TWO = 'rfc4122.bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';

const envelope = (body: string) =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><r>${body}</r></S:Body></S:Envelope>`;

const call = (body: string, more: Partial<RecordedCall> = {}): RecordedCall => ({
  ...{ kind: 'call', number: 1, client: 1, operation: 'ask', at: 0, ms: 1, request: '' },
  ...{ status: 200, answer: envelope(body), complaints: [], ...more },
});

const answered = (body: string, more: Partial<NewAnswer> = {}): NewAnswer => ({
  ...{ status: 200, fault: undefined, answer: envelope(body), complaints: [], ...more },
});

function found(
  before: RecordedCall | string,
  after: NewAnswer | string,
  { mapping = new Mapping(), isUnderWay = false } = {},
) {
  const one = typeof before === 'string' ? call(before) : before;
  const other = typeof after === 'string' ? answered(after) : after;
  return compareAnswers(one, other, { mapping, isUnderWay }).map(({ what, path }) =>
    path === '' ? what : `${what}: ${path}`,
  );
}

describe('no difference is', () => {
  it.each([
    ['another id', `<vvolId>${ONE}</vvolId>`, `<vvolId>${NEW_ONE}</vvolId>`],
    [
      'another time',
      '<startTime>2026-01-01T00:00:00Z</startTime>',
      '<startTime>2027-02-02T10:00:00Z</startTime>',
    ],
    ['another measure', '<usedSpaceInMB>1</usedSpaceInMB>', '<usedSpaceInMB>2</usedSpaceInMB>'],
    ['another address', '<ipAddress>192.0.2.1</ipAddress>', '<ipAddress>vp.example</ipAddress>'],
    [
      'another order of rows',
      '<return><name>a</name></return><return><name>b</name></return>',
      '<return><name>b</name></return><return><name>a</name></return>',
    ],
  ])('%s', (_, before, after) => {
    expect(found(before, after)).toEqual([]);
  });

  it('another order of ids that are known', () => {
    const mapping = new Mapping();
    expect(found(`<vvolId>${ONE}</vvolId>`, `<vvolId>${NEW_ONE}</vvolId>`, { mapping })).toEqual(
      [],
    );
    const before = `<return>${ONE}</return><return>${TWO}</return>`;
    const after = `<return>${NEW_TWO}</return><return>${NEW_ONE}</return>`;
    expect(found(before, after, { mapping })).toEqual([]);
  });

  it('how far a task under way has come', () => {
    const task = (state: string, more: string) =>
      `<return><name>x</name>${more}<taskId>x:${ONE}</taskId><taskState>${state}</taskState></return>`;
    const [before, after] = [task('Running', '<progress>1</progress>'), task('Success', '')];
    expect(found(before, after, { isUnderWay: true })).toEqual([]);
    expect(found(before, after)).toHaveLength(2);
  });

  it('other words of the same fault, or the fault of another SOAP library', () => {
    const fault = (words: string, code: string) =>
      `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>${code}</faultcode><faultstring>${words}</faultstring><detail><NotFound/></detail></S:Fault></S:Body></S:Envelope>`;
    const before = call('', { status: 500, fault: 'NotFound', answer: fault('gone', 'S:Server') });
    const after = answered('', { status: 500, fault: 'NotFound', answer: fault('no', 'x:Client') });
    expect(found(before, after)).toEqual([]);
  });
});

describe('a difference is', () => {
  it.each([
    ['another value: r/name', '<name>a</name>', '<name>b</name>'],
    ['another value: r/return', '<return>3</return>', '<return>4</return>'],
    ['element missing: r/name', '<name>a</name>', ''],
    ['element added: r/name', '<vvolId>x</vvolId>', '<vvolId>x</vvolId><name>a</name>'],
    [
      'another form: r/startTime',
      '<startTime>2026-01-01T00:00:00Z</startTime>',
      '<startTime>1</startTime>',
    ],
    ['another form: r/progress', '<progress>1</progress>', '<progress>most</progress>'],
    [
      'another value: r/chunkBitmap',
      '<chunkBitmap>AAA=</chunkBitmap>',
      '<chunkBitmap>AAE=</chunkBitmap>',
    ],
  ])('%s', (words, before, after) => {
    expect(found(before, after)).toEqual([words]);
  });

  it('an id of another thing than was asked for', () => {
    const mapping = new Mapping();
    found(`<vvolId>${ONE}</vvolId>`, `<vvolId>${NEW_ONE}</vvolId>`, { mapping });
    found(`<vvolId>${TWO}</vvolId>`, `<vvolId>${NEW_TWO}</vvolId>`, { mapping });
    const swapped = found(`<vvolId>${ONE}</vvolId>`, `<vvolId>${NEW_TWO}</vvolId>`, { mapping });
    expect(swapped).toEqual(['names another thing: r/vvolId']);
  });

  it('how the call ended', () => {
    const refused = { status: 500, fault: 'NotFound' };
    expect(found('', answered('', refused))).toEqual(['refused, not answered']);
    expect(found(call('', refused), '')).toEqual(['answered, not refused']);
    expect(found(call('', refused), answered('', { ...refused, fault: 'StorageFault' }))).toEqual([
      'another fault',
    ]);
    const none = { status: 0, answer: '' };
    expect(found('', answered('', none))).toEqual(['no answer']);
    expect(found(call('', none), answered('', none))).toEqual([]);
    expect(found(call('', none), '')).toEqual(['an answer where there was none']);
    expect(found('', answered('', { status: 202 }))).toEqual(['another HTTP status']);
  });

  it('an answer that is wrong in itself, where the recorded one was not so', () => {
    const complaints = ['line 3: not valid'];
    expect(found('', answered('', { complaints }))).toEqual(['wrong in itself']);
    expect(
      found(call('', { complaints: ['line 7: not valid'] }), answered('', { complaints })),
    ).toEqual([]);
  });
});
