/**
 * The provider's end of a connection to an array that another process serves. It is made anew whenever it
 * breaks. A call that was not sent is `busy`: nothing was done, and it may succeed in a moment. One whose
 * answer is lost is `failed`: nobody knows what became of it, and by the port's rules it may be repeated.
 */
import { connect, type Socket } from 'node:net';
import { LIMITS } from '../../model/limits.ts';
import { ArrayError } from '../errors.ts';
import { FrameReader, frameOf } from './frames.ts';
import { type CallMessage, PROTOCOL_VERSION, serverMessage } from './messages.ts';
import { valueText } from './values.ts';

const FIRST_RETRY_MS = 50;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ArrayError) => void;
  readonly timer: NodeJS.Timeout;
}

export class Link {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  #socket: Socket | undefined;
  /** The array has greeted, and may be called. */
  #isUp = false;
  #lastId = 0;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #isClosed = false;
  #whenIdle: (() => void) | undefined;
  #greeted: ((greeting: Greeting) => void) | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Resolves when the array has greeted. Errors: failed (nobody there in time; another protocol). */
  static async open(path: string): Promise<{ link: Link; administration: boolean }> {
    const link = new Link(path);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Greeting>((resolve) => {
      timer = setTimeout(resolve, LIMITS.arrayConnectMs, { refused: 'no array answers there' });
    });
    const greeting = new Promise<Greeting>((resolve) => {
      link.#greeted = resolve;
    });
    link.#connect();
    const { refused, administration = false } = await Promise.race([greeting, late]);
    clearTimeout(timer);
    if (refused === undefined) return { link, administration };
    await link.close();
    throw new ArrayError('failed', `${path}: ${refused}`);
  }

  /** Has a method called. `answerMs`: how long it may take. Rejects with ArrayError alone. */
  call(call: Omit<CallMessage, 'id' | 'type'>, answerMs: number): Promise<unknown> {
    const socket = this.#socket;
    if (this.#isClosed) return refuse('failed', 'the array is closed');
    if (socket === undefined || !this.#isUp)
      return refuse('busy', 'the array is away for the moment');
    const isFull = socket.writableLength > LIMITS.arrayMessageBytes;
    if (isFull || this.#waiting.size >= LIMITS.arrayCallsUnderWay) {
      return refuse('busy', 'too many calls wait for the array');
    }
    this.#lastId += 1;
    const id = this.#lastId;
    let frame: Buffer;
    try {
      frame = frameOf(valueText({ type: 'call', id, ...call }));
    } catch (error) {
      return refuse('invalid', `${call.method}: the arguments cannot be sent`, error);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          this.#settle(id)?.reject(new ArrayError('failed', 'the array did not answer in time')),
        answerMs,
      );
      this.#waiting.set(id, { resolve, reject, timer });
      socket.write(frame);
    });
  }

  /** Called when something may be new, also after each time that the array was away. */
  watch(listener: () => void): () => void {
    if (this.#isClosed) throw new ArrayError('failed', 'the array is closed');
    // A function of our own, so that one listener may watch twice and end each by itself.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** Lets calls under way end; later ones fail. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    clearTimeout(this.#retry);
    if (this.#waiting.size > 0) await new Promise<void>((idle) => (this.#whenIdle = idle));
    this.#socket?.destroy();
  }

  #connect(): void {
    const socket = connect(this.#path);
    this.#socket = socket;
    const frames = new FrameReader();
    socket.on('connect', () => {
      socket.write(frameOf(valueText({ type: 'hello', protocol: PROTOCOL_VERSION })));
    });
    socket.on('data', (piece) => {
      try {
        for (const text of frames.push(piece)) this.#take(socket, text);
      } catch {
        // What does not keep to the protocol is no array of ours; perhaps the next one there is.
        socket.destroy();
      }
    });
    // What went wrong follows in "close".
    socket.on('error', () => undefined);
    socket.once('close', () => this.#lost());
  }

  #take(socket: Socket, text: string): void {
    const message = serverMessage(text);
    switch (message.type) {
      case 'hello': {
        const isOther = message.protocol !== PROTOCOL_VERSION;
        if (isOther) socket.destroy();
        else this.#isUp = true;
        this.#retryMs = FIRST_RETRY_MS;
        this.#greeted?.(isOther ? { refused: OTHER_PROTOCOL } : message);
        this.#tell();
        return;
      }
      case 'changed':
        this.#tell();
        return;
      case 'answer':
        this.#settle(message.id)?.resolve(message.result);
        return;
      case 'refusal':
        this.#settle(message.id)?.reject(new ArrayError(message.kind, message.message));
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) queueMicrotask(listener);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    if (this.#waiting.size === 0) this.#whenIdle?.();
    return waiting;
  }

  #lost(): void {
    this.#socket = undefined;
    this.#isUp = false;
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(lostAnswer());
    if (this.#isClosed) return;
    this.#retry = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(2 * this.#retryMs, LIMITS.arrayRetryMs);
  }
}

interface Greeting {
  readonly refused?: string;
  readonly administration?: boolean;
}

const OTHER_PROTOCOL = 'the array there is served by another release of the protocol';

function lostAnswer(): ArrayError {
  return new ArrayError('failed', 'the connection to the array was lost before it answered');
}

function refuse(kind: 'busy' | 'failed' | 'invalid', message: string, cause?: unknown) {
  return Promise.reject(new ArrayError(kind, message, cause));
}
