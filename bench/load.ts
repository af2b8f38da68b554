/**
 * The load generator, a process of its own so that it does not share the server's event loop: prebuilt
 * bytes over kept-alive sockets, one request in flight on each. It reads a `Plan` from standard input and
 * writes `Figures` to standard output. It parses of HTTP only what tells where an answer ends.
 */
import { connect as connectPlain, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import type { Figures, Plan, PlannedConnection } from './plan.ts';

const HEADER_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/** The body when `bytes` holds a whole answer, else undefined. */
function wholeAnswer(bytes: Buffer): { status: string; body: Buffer } | undefined {
  const end = bytes.indexOf(HEADER_END);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const body = bytes.subarray(end + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const whole =
    length === undefined
      ? bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
      : body.length >= Number(length);
  return whole ? { status: head.slice(9, 12), body } : undefined;
}

/** Sends `request` and resolves with the answer. */
function exchange(socket: Socket, request: Buffer): Promise<{ status: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const settle = (act: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      act();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error('the server closed the connection')));
    const onData = (part: Buffer) => {
      parts.push(part);
      const answer = wholeAnswer(parts.length === 1 ? part : Buffer.concat(parts));
      if (answer !== undefined) settle(() => resolve(answer));
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.write(request);
  });
}

function opened(plan: Plan, { identity }: PlannedConnection): Promise<Socket> {
  const { host, port, trust } = plan;
  return new Promise((resolve, reject) => {
    const options = { host, port, servername: host, ca: trust, cert: identity?.certificate };
    const socket: Socket =
      trust === undefined
        ? connectPlain({ host, port }, () => resolve(socket))
        : connectTls({ ...options, key: identity?.key }, () => resolve(socket));
    socket.once('error', reject).setNoDelay(true);
  });
}

async function drive(
  socket: Socket,
  { requests }: PlannedConnection,
  deadline: number,
  figures: { microseconds: number[]; errors: number; firstError: string | undefined },
): Promise<void> {
  const prepared = requests.map(({ bytes, measured, expect }) => ({
    bytes: Buffer.from(bytes, 'base64'),
    expect: Buffer.from(expect),
    measured,
  }));
  for (let turn = 0; performance.now() < deadline; turn += 1) {
    const request = prepared[turn % prepared.length];
    if (request === undefined) return;
    const start = performance.now();
    const { status, body } = await exchange(socket, request.bytes);
    if (request.measured) figures.microseconds.push(Math.round((performance.now() - start) * 1000));
    if (status !== '200' || !body.includes(request.expect)) {
      figures.errors += 1;
      figures.firstError ??= `${status} ${body.toString('utf8').slice(0, 2000)}`;
    }
  }
}

async function main(): Promise<void> {
  const plan: Plan = JSON.parse(await text(process.stdin));
  const sockets = await Promise.all(plan.connections.map((each) => opened(plan, each)));
  const figures = { microseconds: [] as number[], errors: 0, firstError: undefined };
  const start = performance.now();
  const deadline = start + plan.milliseconds;
  await Promise.all(
    plan.connections.map((connection, index) => {
      const socket = sockets[index];
      if (socket === undefined) throw new Error('a connection is missing');
      return drive(socket, connection, deadline, figures);
    }),
  );
  const answer: Figures = { ...figures, elapsedMs: performance.now() - start };
  for (const socket of sockets) socket.destroy();
  process.stdout.write(JSON.stringify(answer));
}

await main();
