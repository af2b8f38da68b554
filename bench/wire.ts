/**
 * What one call costs this processor, part by part, without sockets: bare saxes over the request's text,
 * our tokenizer without a reader, the request read into an object, the guard, the answer written, and the
 * call as a whole. All parts take turns in short rounds, so that a busy machine hurts all alike: the
 * ratios are the point.
 */
import { randomUUID } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { compileCodec } from '../src/wire/codec.ts';
import { compileMessageReader } from '../src/wire/envelope.ts';
import { service } from '../src/wire/generated/vasa-2.0/service.ts';
import { createTokenizer, textOf } from '../src/wire/tokenizer.ts';
import { envelope } from '../test/support/soap-client.ts';
import { medianOf } from './figures.ts';
import * as messages from './messages.ts';
import { openWireStage, type WireStage } from './wire-stage.ts';

interface Message {
  readonly operation: string;
  readonly children: string;
}

/** One part: does it once. */
export type Part = () => unknown;

const VOLUMES = 32;
/** Processor time of a part's turn, ms, and how many turns each gets after those that warm the compiler up. */
const TURN = { long: 20, short: 0 };
const TURNS = { long: 12, short: 1 };
const WARM_UP_MS = 300;
const NOTHING = { open: () => undefined, text: () => undefined, close: () => undefined };

const tokenize = createTokenizer();
const codec = compileCodec(service, tokenize);
const readMessage = compileMessageReader(codec);

function questionsOf({ containerId, vvolIds, lastEventId }: WireStage): readonly Message[] {
  const [first = ''] = vvolIds;
  return [
    // First, while there is nothing new: what most polls find.
    messages.getEvents(lastEventId),
    // Another host: setContext ends the session that its host had, and the others go by that.
    messages.setContext(randomUUID()),
    messages.bindVirtualVolume(vvolIds.slice(0, 2)),
    messages.createVirtualVolume(containerId, { VMW_VVolName: 'made', VMW_VmID: 'bench' }),
    messages.queryVirtualVolumeInfo(vvolIds),
    messages.updateVirtualVolumeMetaData(first, { VMW_VVolName: 'renamed', VMW_VmID: 'bench' }),
  ];
}

function bareSaxes(text: string): void {
  new SaxesParser({ xmlns: true, position: false }).write(text).close();
}

/** The parts of one message, by name. Rejects when the provider answers with a fault. */
async function partsOf(stage: WireStage, { operation, children }: Message) {
  const { dispatcher, guard, caller } = stage;
  const body = Buffer.from(envelope(operation, children, '1.1'));
  const text = textOf(body);
  const action = `urn:${operation}`;
  const request = readMessage('1.1', action, body);
  if (request.error !== undefined) throw request.error;
  // setContext would end the session it came with.
  const who = operation === 'setContext' ? { ...caller, sessionId: undefined } : caller;
  // The name is one of the service's, and its request has just been read from the same description.
  const response = await dispatcher.call(operation as never, request.request as never, who);
  const output = service.operations[operation]?.output ?? null;
  const rule = operation === 'setContext' ? 'certificate' : 'session';
  const call = stage.callOf(operation);
  const asked = { ...who, soap: '1.1', action, body, receivedAt: 0 } as const;
  const answer = await dispatcher.answer(asked);
  if (answer.status !== 200) throw new Error(`${operation}: ${answer.body}`);
  const parts: Readonly<Record<string, Part>> = {
    'bare saxes': () => bareSaxes(text),
    'our tokenizer': () => tokenize(textOf(body), NOTHING),
    'request read': () => readMessage('1.1', action, body),
    guard: () => guard(rule, call),
    'answer written': () => (output === null ? '' : codec.encode(output, response)),
    whole: () => dispatcher.answer(asked),
  };
  return { parts, bytes: body.length };
}

/** ms of processor time of this process so far, which no other process makes longer. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** µs of processor time of one call, measured over `milliseconds` or one call. */
async function turn(part: Part, milliseconds: number): Promise<number> {
  const start = processorMs();
  let calls = 0;
  let spent = 0;
  do {
    // Several calls between two looks at the clock, which costs as much as a small part.
    for (let call = 0; call < (milliseconds === 0 ? 1 : 8); call += 1) await part();
    calls += milliseconds === 0 ? 1 : 8;
    spent = processorMs() - start;
  } while (spent < milliseconds);
  return (spent * 1000) / calls;
}

/** Median µs of processor time of each part, all in turns. */
export async function measure(parts: Readonly<Record<string, Part>>, short: boolean) {
  const kept = new Map(Object.keys(parts).map((name) => [name, [] as number[]]));
  const length = short ? 'short' : 'long';
  for (const part of Object.values(parts)) if (!short) await turn(part, WARM_UP_MS);
  for (let round = 0; round < TURNS[length]; round += 1) {
    for (const [name, part] of Object.entries(parts)) {
      kept.get(name)?.push(await turn(part, TURN[length]));
    }
  }
  return new Map([...kept].map(([name, times]) => [name, medianOf(times)]));
}

/** Prints a table: a row per message, µs of each part and its ratio to bare saxes. */
export async function wire(short: boolean): Promise<void> {
  const stage = await openWireStage(VOLUMES, tokenize);
  try {
    const rows: string[] = [];
    let names: readonly string[] = [];
    for (const message of questionsOf(stage)) {
      const { parts, bytes } = await partsOf(stage, message);
      const times = await measure(parts, short);
      names = [...times.keys()];
      const unit = times.get('bare saxes') ?? Number.NaN;
      const cells = [...times.values()].map(
        (time) => `${time.toFixed(time < 10 ? 1 : 0)} (${(time / unit).toFixed(2)})`,
      );
      rows.push(`| ${message.operation} | ${bytes} | ${cells.join(' | ')} |`);
    }
    const head = ['request', 'bytes', ...names];
    const lines = [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows];
    process.stdout.write(
      `\n### Median µs of processor time of each part, and its ratio to bare saxes\n\n${lines.join('\n')}\n`,
    );
  } finally {
    await stage.close();
  }
}
