/**
 * Messages to a client, each whole and in one piece. Whoever sends waits while the client is slow to
 * take what was sent, so that replies gather in the requests that wait and not in memory.
 */
import type { Socket } from 'node:net';
import { ConnectionEnded } from './reader.ts';

export class MessageWriter {
  readonly #socket: Socket;
  #drained: Promise<void> | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Sends the parts as one message. Rejects with ConnectionEnded when the client is gone. */
  async send(...parts: readonly Buffer[]): Promise<void> {
    const socket = this.#socket;
    if (!socket.writable) throw new ConnectionEnded();
    socket.cork();
    for (const part of parts) socket.write(part);
    socket.uncork();
    if (!socket.writableNeedDrain) return;
    this.#drained ??= this.#drain();
    await this.#drained;
  }

  #drain(): Promise<void> {
    const socket = this.#socket;
    return new Promise((settle, reject) => {
      const leave = (): void => {
        socket.off('drain', drained);
        socket.off('close', closed);
        this.#drained = undefined;
      };
      const drained = (): void => {
        leave();
        settle();
      };
      const closed = (): void => {
        leave();
        reject(new ConnectionEnded());
      };
      socket.on('drain', drained);
      socket.on('close', closed);
    });
  }
}
