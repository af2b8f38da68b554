/**
 * A sparse device in memory, obviously right: pages that were written, and nothing else. Every call is
 * noted, and can be held back or made to fail, so that a test can look at any moment.
 */
import {
  type NbdDevice,
  NbdError,
  type NbdExports,
  type NbdExtent,
} from '../../../../simulator/nbd/port.ts';

export const PAGE = 4_096;

export class MemoryDevice implements NbdDevice {
  readonly size: bigint;
  readonly readOnly: boolean;
  readonly flushCoversAll = true;
  /** What was asked of the device, in order, such as `write 0+512 fua`. */
  readonly calls: string[] = [];
  /** Awaited at the beginning of every call; may reject. */
  before: (call: string) => Promise<void> = async () => undefined;
  readonly #pages = new Map<number, Buffer>();

  constructor(size: number | bigint, { readOnly = false } = {}) {
    this.size = BigInt(size);
    this.readOnly = readOnly;
  }

  async read(offset: bigint, length: number): Promise<Buffer> {
    await this.#begin('read', offset, length);
    return this.content(Number(offset), length);
  }

  async write(offset: bigint, data: Buffer, { fua }: { fua: boolean }): Promise<void> {
    await this.#begin('write', offset, data.length, fua);
    this.fill(Number(offset), data);
  }

  async trim(offset: bigint, length: number, { fua }: { fua: boolean }): Promise<void> {
    await this.#begin('trim', offset, length, fua);
    const first = Math.ceil(Number(offset) / PAGE);
    const end = Math.floor((Number(offset) + length) / PAGE);
    for (let page = first; page < end; page += 1) this.#pages.delete(page);
  }

  async writeZeroes(
    offset: bigint,
    length: number,
    { fua, mayHole }: { fua: boolean; mayHole: boolean },
  ): Promise<void> {
    await this.#begin(mayHole ? 'unmap' : 'zero', offset, length, fua);
    this.fill(Number(offset), Buffer.alloc(length));
    if (mayHole) {
      const first = Math.ceil(Number(offset) / PAGE);
      const end = Math.floor((Number(offset) + length) / PAGE);
      for (let page = first; page < end; page += 1) this.#pages.delete(page);
    }
  }

  async flush(): Promise<void> {
    this.calls.push('flush');
    await this.before('flush');
  }

  async status(offset: bigint, length: number): Promise<readonly NbdExtent[]> {
    await this.#begin('status', offset, length);
    const extents: NbdExtent[] = [];
    const end = Number(offset) + length;
    for (let at = Number(offset); at < end; ) {
      const page = Math.floor(at / PAGE);
      const next = Math.min(end, (page + 1) * PAGE);
      extents.push({ length: next - at, kind: this.#kind(page) });
      at = next;
    }
    return extents;
  }

  /** What lies there, without asking as a client would. */
  content(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const [page, inside] = [Math.floor((offset + at) / PAGE), (offset + at) % PAGE];
      const part = Math.min(PAGE - inside, length - at);
      this.#pages.get(page)?.copy(bytes, at, inside, inside + part);
      at += part;
    }
    return bytes;
  }

  /** Puts bytes there, without being asked by a client. */
  fill(offset: number, data: Buffer): void {
    for (let at = 0; at < data.length; ) {
      const [page, inside] = [Math.floor((offset + at) / PAGE), (offset + at) % PAGE];
      const part = Math.min(PAGE - inside, data.length - at);
      const bytes = this.#pages.get(page) ?? Buffer.alloc(PAGE);
      data.copy(bytes, inside, at, at + part);
      this.#pages.set(page, bytes);
      at += part;
    }
  }

  get storedBytes(): number {
    return this.#pages.size * PAGE;
  }

  #kind(page: number): NbdExtent['kind'] {
    const bytes = this.#pages.get(page);
    if (bytes === undefined) return 'hole';
    return bytes.some((byte) => byte !== 0) ? 'data' : 'zero';
  }

  async #begin(name: string, offset: bigint, length: number, fua = false): Promise<void> {
    const call = `${name} ${offset}+${length}${fua ? ' fua' : ''}`;
    this.calls.push(call);
    await this.before(call);
  }
}

/** Exports by name; the map may change at any time. */
export function exportsOf(devices: ReadonlyMap<string, NbdDevice>): NbdExports {
  return {
    list: async () => [...devices.keys()],
    open: async (name) => devices.get(name),
  };
}

/** A promise that the test settles. */
export function held(): { readonly until: Promise<void>; release(): void } {
  let release = (): void => undefined;
  const until = new Promise<void>((settle) => {
    release = settle;
  });
  return { until, release: () => release() };
}

export function noSpace(): NbdError {
  return new NbdError('ENOSPC', 'the container is full');
}
