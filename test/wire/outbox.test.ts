/** The way out: what is written when, and how a large answer leaves. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/model/clock.ts';
import { LIMITS } from '../../src/model/limits.ts';
import type { WireLog } from '../../src/wire/call.ts';
import { xmlDocument } from '../../src/wire/documents.ts';
import { createOutbox, type Exchange } from '../../src/wire/outbox.ts';
import { documentFacts } from '../../src/wire/record.ts';
import { recordingLog } from '../support/wire/log.ts';

const PEER = {
  connectionId: '1',
  remoteAddress: '192.0.2.1',
  certificate: undefined,
  resumed: false,
};

/** An outbox that notes the order of what it does. */
function opened() {
  const steps: string[] = [];
  const kept = recordingLog();
  const log: WireLog = {
    ...kept,
    finished: ({ request_id }) => void steps.push(`line ${request_id}`),
    flush: () => void steps.push('flush'),
  };
  const outbox = createOutbox({
    serverHeader: 'test',
    log,
    clock: systemClock,
    isClosing: () => false,
  });
  const send = (name: string): void => {
    const request = new IncomingMessage(new Socket());
    const response = new ServerResponse(request);
    response.end = (): ServerResponse => {
      steps.push(`answer ${name}`);
      return response;
    };
    const exchange: Exchange = { request, response, peer: PEER, arrivedAt: 0 };
    const facts = documentFacts(name, 'test', 200);
    outbox.send(exchange, Buffer.alloc(0), { answer: xmlDocument(name), facts });
  };
  return { send, steps };
}

test('answers of one turn leave at its end, after one write of all their lines', async () => {
  const { send, steps } = opened();
  for (const name of ['a', 'b']) send(name);
  expect(steps).toEqual(['line a', 'line b']);
  await nextTurn();
  expect(steps.slice(2)).toEqual(['flush', 'answer a', 'answer b']);
  send('c');
  await nextTurn();
  expect(steps.slice(5)).toEqual(['line c', 'flush', 'answer c']);
});

test('when there are many, those before do not wait for the end of the turn', async () => {
  const { send, steps } = opened();
  const many = LIMITS.answersGathered;
  for (let sent = 0; sent < 2 * many + 1; sent += 1) send('x');
  const answers = () => steps.filter((step) => step.startsWith('answer')).length;
  expect(answers()).toBe(2 * many);
  await nextTurn();
  expect(answers()).toBe(2 * many + 1);
  expect(steps.filter((step) => step === 'flush')).toHaveLength(3);
});
