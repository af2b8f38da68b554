/**
 * A client that sends exactly what a test wants, right or wrong, and gives back what came. It shares no
 * code with the server: the numbers are those of the protocol document, written down once more.
 */
import { createConnection, type Socket } from 'node:net';
import type { NbdAddress } from '../../../../simulator/nbd/address.ts';

export const IHAVEOPT = 0x49484156454f5054n;
const DEFAULT_FLAGS = 3;

interface OptionReply {
  readonly option: number;
  readonly type: number;
  readonly data: Buffer;
}

export interface Chunk {
  readonly last: boolean;
  readonly type: number;
  readonly cookie: bigint;
  readonly data: Buffer;
}

interface RequestRest {
  readonly flags?: number;
  readonly cookie?: bigint;
  readonly data?: Buffer;
}

export class RawClient {
  readonly socket: Socket;
  /** Settles when the server has ended the connection. */
  readonly ended: Promise<void>;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #wake: () => void = () => undefined;
  #over = false;

  constructor(address: NbdAddress) {
    this.socket = createConnection(address);
    this.socket.on('data', (data) => {
      this.#received.push(data);
      this.#receivedBytes += data.length;
      this.#wake();
    });
    this.socket.on('error', () => undefined);
    this.ended = new Promise((settle) => {
      const over = (): void => {
        this.#over = true;
        this.#wake();
        settle();
      };
      this.socket.on('end', over);
      this.socket.on('close', over);
    });
  }

  send(...parts: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(parts));
  }

  async read(length: number): Promise<Buffer> {
    while (this.#receivedBytes < length) {
      if (this.#over) throw new Error(`ended with ${this.#receivedBytes} of ${length} bytes`);
      await new Promise<void>((settle) => {
        this.#wake = settle;
      });
    }
    const bytes = Buffer.concat(this.#received);
    this.#received = [bytes.subarray(length)];
    this.#receivedBytes -= length;
    return bytes.subarray(0, length);
  }

  /** Reads the greeting and answers it. */
  async greet(flags = DEFAULT_FLAGS): Promise<Buffer> {
    const greeting = await this.read(18);
    this.send(uint(4, flags));
    return greeting;
  }

  option(option: number, data: Buffer = Buffer.alloc(0), length = data.length): void {
    this.send(uint(8, IHAVEOPT), uint(4, option), uint(4, length), data);
  }

  async optionReply(): Promise<OptionReply> {
    const head = await this.read(20);
    if (head.readBigUInt64BE(0) !== 0x3e889045565a9n) throw new Error('not an option reply');
    const data = await this.read(head.readUInt32BE(16));
    return { option: head.readUInt32BE(8), type: head.readUInt32BE(12), data };
  }

  /** Sends an option and reads its replies up to the last. */
  async ask(option: number, data: Buffer = Buffer.alloc(0)): Promise<readonly OptionReply[]> {
    this.option(option, data);
    const replies: OptionReply[] = [];
    for (;;) {
      const reply = await this.optionReply();
      replies.push(reply);
      if (reply.type === 1 || reply.type > 0x80000000) return replies;
    }
  }

  /** The whole handshake up to the transmission, by GO. */
  async go(name: string, { structured = true } = {}): Promise<void> {
    await this.greet();
    if (structured) {
      expectAck(await this.ask(8));
      expectAck(await this.ask(10, contextQuery(name, 'base:allocation')));
    }
    expectAck(await this.ask(7, infoQuery(name)));
  }

  request(
    command: number,
    offset: bigint | number,
    length: number,
    { flags = 0, cookie = 1n, data = Buffer.alloc(0) }: RequestRest = {},
  ): void {
    this.send(
      uint(4, 0x25609513),
      uint(2, flags),
      uint(2, command),
      uint(8, cookie),
      uint(8, BigInt(offset)),
      uint(4, length),
      data,
    );
  }

  async simpleReply(): Promise<{ readonly error: number; readonly cookie: bigint }> {
    const head = await this.read(16);
    if (head.readUInt32BE(0) !== 0x67446698) throw new Error('not a simple reply');
    return { error: head.readUInt32BE(4), cookie: head.readBigUInt64BE(8) };
  }

  async chunk(): Promise<Chunk> {
    const head = await this.read(20);
    if (head.readUInt32BE(0) !== 0x668e33ef) throw new Error('not a chunk');
    return {
      last: head.readUInt16BE(4) === 1,
      type: head.readUInt16BE(6),
      cookie: head.readBigUInt64BE(8),
      data: await this.read(head.readUInt32BE(16)),
    };
  }

  /** All chunks of the next reply; only for one request at a time. */
  async chunks(): Promise<readonly Chunk[]> {
    const chunks: Chunk[] = [];
    for (;;) {
      const chunk = await this.chunk();
      chunks.push(chunk);
      if (chunk.last) return chunks;
    }
  }

  /** The error of the next structured reply; 0 when it succeeded. */
  async outcome(): Promise<number> {
    const failed = (await this.chunks()).find((chunk) => chunk.type >= 0x8000);
    return failed === undefined ? 0 : failed.data.readUInt32BE(0);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A whole number in so many bytes, most significant first. */
export function uint(bytes: number, value: number | bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer.subarray(8 - bytes);
}

/** A string with its length before it. */
export function text(value: string): Buffer {
  return Buffer.concat([uint(4, Buffer.byteLength(value)), Buffer.from(value)]);
}

/** Data of INFO and GO. */
export function infoQuery(name: string, ...kinds: readonly number[]): Buffer {
  return Buffer.concat([text(name), uint(2, kinds.length), ...kinds.map((kind) => uint(2, kind))]);
}

/** Data of LIST_META_CONTEXT and SET_META_CONTEXT. */
export function contextQuery(name: string, ...queries: readonly string[]): Buffer {
  return Buffer.concat([text(name), uint(4, queries.length), ...queries.map(text)]);
}

function expectAck(replies: readonly OptionReply[]): void {
  const last = replies.at(-1);
  if (last?.type !== 1) throw new Error(`refused: ${last?.data.toString()}`);
}
