/** Large answers: the same text in pieces, and others are served between them. */
import { Agent } from 'node:https';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/model/limits.ts';
import { createTurns, inTurns } from '../../src/model/turns.ts';
import type { OperationTable } from '../../src/wire/call.ts';
import { compileCodec } from '../../src/wire/codec.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';
import { envelope, soapHeaders } from '../support/wire/envelopes.ts';
import { startServer, type TestContext, type TestServer, until } from '../support/wire/server.ts';

const codec = compileCodec(service);
const KEY = 'queryVirtualVolumeResponse';
const idsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `rfc4122.${index} <é>`);

/** The whole text, and in how many slices it was made. */
function sliced(value: unknown): { text: string; slices: number } | undefined {
  const work = codec.encodeInSlices(KEY, value);
  if (work === undefined) return undefined;
  for (let slices = 1; ; slices += 1) {
    const { done, value: pieces } = work.next();
    if (done === true) return { text: Buffer.concat(pieces).toString('utf8'), slices };
  }
}

describe('an answer with a long list', () => {
  test('is the same in slices as in one go', () => {
    const counts = fc.integer({ min: LIMITS.answerWholeItems + 1, max: 5_000 });
    fc.assert(
      fc.property(counts, (count) => {
        const value = { return: idsOf(count) };
        expect(sliced(value)?.text).toBe(codec.encode(KEY, value));
      }),
      { numRuns: 20 },
    );
  });

  test('is made in slices that are bounded, however long it is', () => {
    const value = { return: idsOf(100_000) };
    const { text = '', slices = 0 } = sliced(value) ?? {};
    expect(text.length / slices).toBeLessThan(1.5 * LIMITS.answerPieceCharacters);
  });

  test('of few items is written in one go', () => {
    expect(sliced({ return: idsOf(LIMITS.answerWholeItems) })).toBeUndefined();
    expect(sliced({})).toBeUndefined();
  });

  test('that its description does not allow is refused as ever', () => {
    const broken = { return: [...idsOf(3_000), 7] };
    expect(() => sliced(broken)).toThrow(/queryVirtualVolumeResponse, field return/);
  });
});

test('works of many take turns, a slice of one in each turn of the event loop', async () => {
  const nextTurn = createTurns();
  const order: string[] = [];
  function* work(name: string): Generator<undefined, string> {
    for (const slice of [1, 2, 3]) {
      order.push(`${name}${slice}`);
      yield undefined;
    }
    return name;
  }
  expect(await Promise.all(['a', 'b'].map((name) => inTurns(work(name), nextTurn)))).toEqual([
    'a',
    'b',
  ]);
  expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
});

describe('while large answers are sent', () => {
  const COUNT = 50_000;
  const M = 'xmlns="http://com.vmware.vim.vasa/2.0/xsd"';
  const SEARCH = `<queryVirtualVolume ${M}><searchConstraint xmlns:v="http://vvol.data.vasa.vim.vmware.com/xsd"><v:key>a</v:key><v:value>b</v:value></searchConstraint></queryVirtualVolume>`;
  const DELETE = `<deleteVirtualVolume ${M}><vvolId>v</vvolId></deleteVirtualVolume>`;
  const OPERATIONS: OperationTable<TestContext> = {
    queryVirtualVolume: {
      session: 'session',
      handler: async () => ({ return: idsOf(COUNT) }),
    },
    deleteVirtualVolume: { session: 'session', handler: async () => undefined },
  };
  const post = (body: string, agent: Agent) =>
    running.ask({
      method: 'POST',
      headers: soapHeaders('1.1', ''),
      body: envelope('1.1', body),
      agent,
    });
  let running: TestServer;
  beforeAll(async () => {
    running = await startServer(OPERATIONS);
  });
  afterAll(() => running.stop());

  test('other calls are answered, and the large ones arrive whole', {
    timeout: 60_000,
  }, async () => {
    const large = new Agent({ keepAlive: true });
    const small = new Agent({ keepAlive: true, maxSockets: 1 });
    await post(DELETE, small);
    let isOver = false;
    const answers = Promise.all(Array.from({ length: 4 }, () => post(SEARCH, large))).finally(
      () => {
        isOver = true;
      },
    );
    let between = 0;
    while (!isOver) {
      expect((await post(DELETE, small)).status).toBe(200);
      between += 1;
    }
    for (const { status, body, headers } of await answers) {
      expect(status).toBe(200);
      expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
      expect(body.match(/<[a-z0-9]+:return>/g)).toHaveLength(COUNT);
    }
    // Without slices there would be one or two: before, and between the four.
    expect(between).toBeGreaterThan(20);
    large.destroy();
    small.destroy();
  });

  test('a small one is one TLS record: headers and body leave together', async () => {
    const socket = await running.open();
    const records: Buffer[] = [];
    socket.on('data', (record) => void records.push(record));
    const body = envelope('1.1', DELETE);
    const head = `POST /vasa/services/vasaService HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n`;
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await until(() => records.length > 0);
    socket.destroy();
    expect(records.map((record) => record.toString('latin1'))).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n[\s\S]*<\/soapenv:Envelope>$/),
    ]);
  });

  test('a client that does not read its answer is shown out', { timeout: 60_000 }, async () => {
    // Far more than the system's buffers on both sides hold.
    const long = idsOf(30_000).map((id) => id.padEnd(500, 'x'));
    const server = await startServer(
      { queryVirtualVolume: { session: 'session', handler: async () => ({ return: long }) } },
      { limits: { answerTimeoutMs: 400 } },
    );
    const socket = await server.open();
    socket.on('error', () => {});
    socket.pause();
    const body = envelope('1.1', SEARCH);
    const head = `POST /vasa/services/vasaService HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n`;
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    // As long as the test may take: the answer must be made first.
    await expect.poll(() => server.log.failures, { timeout: 60_000 }).toHaveLength(1);
    expect(server.log.failures).toMatchObject([{ code: 'ANSWER_TIMEOUT' }]);
    socket.destroy();
    await server.stop();
  });
});
