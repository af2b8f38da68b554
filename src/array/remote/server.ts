/**
 * Offers an array to other processes on a Unix socket that only its owner can open. Each connection is one
 * provider: its calls run side by side, as they come, and each is answered when it is done. Knows nothing
 * of what is behind the port, nor of VASA.
 * Source: docs/active-passive.md, "The protocol".
 */
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { ZodType } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import { ArrayError } from '../errors.ts';
import type { OpenedArray } from '../opening.ts';
import { ADMINISTRATION_ARGUMENTS, PORT_ARGUMENTS } from './arguments.ts';
import { FrameReader, frameOf } from './frames.ts';
import {
  type CallMessage,
  clientMessage,
  PROTOCOL_VERSION,
  type ServerMessage,
} from './messages.ts';
import { valueText } from './values.ts';

export interface ArrayServer {
  /** Connections at the moment. */
  readonly connections: number;
  /** Takes no more calls, answers those under way, ends. The array stays open. Idempotent. */
  close(): Promise<void>;
}

/** What went wrong without being an answer. */
export type ArrayServerFailure =
  /** A provider was turned away: there are too many. */
  | { readonly kind: 'crowded' }
  /** A peer sent what is no call. */
  | { readonly kind: 'protocol'; readonly cause: unknown }
  /** The adapter threw what it must not. */
  | { readonly kind: 'call'; readonly method: string; readonly cause: unknown };

export interface ArrayServerOptions {
  readonly array: OpenedArray;
  /** Path of the socket; what a server that died has left there is replaced. */
  readonly socket: string;
  readonly failed: (failure: ArrayServerFailure) => void;
}

/** Linux allows 107 bytes, macOS 103. */
const PATH_BYTES = 100;

/** Rejects with the system's error, or ArrayError `failed` when somebody else is served at the path. */
export async function serveArray(options: ArrayServerOptions): Promise<ArrayServer> {
  const { array, socket: path } = options;
  if (Buffer.byteLength(path) > PATH_BYTES) {
    throw new ArrayError('failed', `${path}: a socket's path has at most ${PATH_BYTES} bytes`);
  }
  await removeStale(path);
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    if (connections.size >= LIMITS.arrayConnections) {
      options.failed({ kind: 'crowded' });
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, options);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
    // The name is there before anybody can be let in: connections are accepted in later turns.
    try {
      chmodSync(path, 0o600);
    } catch {
      // It could not be made; the event says why.
    }
  });
  const endWatch = array.watch(() => {
    for (const connection of connections) connection.hint();
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    endWatch();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([...connections].map((connection) => connection.end()));
    await ended;
  };
  return {
    get connections() {
      return connections.size;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Takes away the socket of a server that died. Errors: failed (another one answers there; no socket). */
async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new ArrayError('failed', `${path} is there and is no socket`);
  const answers = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });
  if (answers) throw new ArrayError('failed', `another array is served at ${path}`);
  unlinkSync(path);
}

/** What is called with the arguments of a message. */
type Callable = (...args: unknown[]) => Promise<unknown>;

/** One provider. */
class Connection {
  readonly #socket: Socket;
  readonly #options: ArrayServerOptions;
  readonly #frames = new FrameReader();
  #underWay = 0;
  #hasGreeted = false;
  #hasHint = false;
  #isEnding = false;
  #whenIdle: (() => void) | undefined;

  constructor(socket: Socket, options: ArrayServerOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('data', (piece) => this.#read(piece));
    socket.on('drain', () => this.#goOn());
    // A peer that breaks off is no failure of the array.
    socket.on('error', () => socket.destroy());
  }

  /** Something may be new; told at once, or when the peer has read what waits for it. */
  hint(): void {
    this.#hasHint = true;
    this.#goOn();
  }

  /** Answers what is under way, and ends. */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#socket.pause();
    if (this.#underWay > 0) await new Promise<void>((idle) => (this.#whenIdle = idle));
    await new Promise<void>((closed) => {
      if (this.#socket.destroyed) closed();
      this.#socket.once('close', () => closed());
      this.#socket.end(() => this.#socket.destroy());
      setTimeout(() => this.#socket.destroy(), LIMITS.arrayRetryMs).unref();
    });
  }

  #read(piece: Buffer): void {
    try {
      for (const text of this.#frames.push(piece)) this.#take(text);
    } catch (error) {
      this.#options.failed({ kind: 'protocol', cause: error });
      this.#socket.destroy();
    }
    this.#goOn();
  }

  #take(text: string): void {
    const message = clientMessage(text);
    if (message.type === 'hello') {
      const administration = this.#options.array.administration !== undefined;
      this.#send({ type: 'hello', protocol: PROTOCOL_VERSION, administration });
      if (message.protocol === PROTOCOL_VERSION) this.#hasGreeted = true;
      else this.#socket.end();
      return;
    }
    if (!this.#hasGreeted) throw new TypeError('a call came before the greeting');
    void this.#answer(message);
  }

  async #answer(call: CallMessage): Promise<void> {
    this.#underWay += 1;
    try {
      this.#send({ type: 'answer', id: call.id, result: await this.#perform(call) });
    } catch (error) {
      // What lies behind a refusal does not go over to the provider.
      if (
        !(error instanceof ArrayError) ||
        (error.kind === 'failed' && error.cause !== undefined)
      ) {
        this.#options.failed({ kind: 'call', method: call.method, cause: error });
      }
      const { kind, message } = error instanceof ArrayError ? error : FAILED;
      this.#send({ type: 'refusal', id: call.id, kind, message });
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#whenIdle?.();
      this.#goOn();
    }
  }

  #perform({ part, method, args }: CallMessage): Promise<unknown> {
    const { array } = this.#options;
    const rows: Readonly<Record<string, ZodType<readonly unknown[]>>> =
      part === 'port' ? PORT_ARGUMENTS : ADMINISTRATION_ARGUMENTS;
    const form = Object.hasOwn(rows, method) ? rows[method] : undefined;
    const owner = part === 'port' ? array : array.administration;
    if (form === undefined || owner === undefined) {
      throw new ArrayError('unsupported', `this array has no ${method}`);
    }
    const checked = form.safeParse(args);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const where = issue?.path.join('.') ?? '';
      throw new ArrayError('invalid', `${method}: argument ${where}: ${issue?.message}`);
    }
    // The row of the method has proved that these are its arguments.
    const callable = Reflect.get(owner, method, owner) as Callable;
    return callable.apply(owner, [...checked.data]);
  }

  #send(message: ServerMessage): void {
    if (!this.#socket.destroyed) this.#socket.write(frameOf(valueText(message)));
  }

  /** Reads on, unless enough is under way or the peer does not take its answers; passes a hint on. */
  #goOn(): void {
    const { writableNeedDrain } = this.#socket;
    if (this.#hasHint && this.#hasGreeted && !writableNeedDrain) {
      this.#hasHint = false;
      this.#send({ type: 'changed' });
    }
    const isFull = writableNeedDrain || this.#underWay >= LIMITS.arrayCallsUnderWay;
    if (isFull || this.#isEnding) this.#socket.pause();
    else this.#socket.resume();
  }
}

const FAILED = { kind: 'failed', message: 'the array failed' } as const;
