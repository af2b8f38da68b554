/**
 * A content.data in memory that can lose power: of what was written since the last sync each block may be
 * there, be as before, or be garbage. What was cut off is gone at once, the worst case.
 */
import type { DataFile } from '../../../simulator/content/data-file.ts';
import { ArrayError } from '../../../src/array/errors.ts';

export type Fate = 'kept' | 'lost' | 'garbled';

export class LossyFile implements DataFile {
  /** Writes that still find room on the disk. */
  blocksLeft = Number.POSITIVE_INFINITY;
  #durable = new Map<number, Buffer>();
  #written = new Map<number, Buffer>();

  length(): number {
    return Math.max(0, ...this.#durable.keys(), ...this.#written.keys());
  }

  read(blockNo: number, within: number, target: Uint8Array): void {
    const block = this.#written.get(blockNo) ?? this.#durable.get(blockNo);
    if (block === undefined) throw new Error(`block ${blockNo} was never written`);
    target.set(block.subarray(within, within + target.length));
  }

  write(blockNo: number, data: Uint8Array): void {
    if (this.blocksLeft === 0) throw new ArrayError('noSpace', 'the disk of the array is full');
    this.blocksLeft -= 1;
    this.#written.set(blockNo, Buffer.from(data));
  }

  sync(): void {
    for (const [blockNo, block] of this.#written) this.#durable.set(blockNo, block);
    this.#written.clear();
  }

  truncate(blocks: number): void {
    for (const map of [this.#durable, this.#written]) {
      for (const blockNo of [...map.keys()]) if (blockNo > blocks) map.delete(blockNo);
    }
  }

  loseUnsynced(fateOf: (blockNo: number) => Fate): void {
    for (const [blockNo, block] of this.#written) {
      const fate = fateOf(blockNo);
      if (fate === 'kept') this.#durable.set(blockNo, block);
      if (fate === 'garbled') this.#durable.set(blockNo, Buffer.alloc(block.length, 0xee));
    }
    this.#written.clear();
  }

  close(): void {}
}
