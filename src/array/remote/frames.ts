/**
 * Messages on a stream: four bytes of length, most significant first, then so many bytes of UTF-8. Knows
 * nothing of what they say.
 */
import { LIMITS } from '../../model/limits.ts';

const HEADER_BYTES = 4;

/** The peer does not keep to the framing; the connection is of no more use. */
class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** A message as it goes out. Throws FrameError when it is too long. */
export function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  refuseLong(length);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length);
  frame.writeUInt32BE(length);
  frame.write(text, HEADER_BYTES);
  return frame;
}

/** Puts messages together from the pieces in which they arrive. */
export class FrameReader {
  readonly #pieces: Buffer[] = [];
  #held = 0;
  /** Of the message under way; undefined: its length is not there yet. */
  #wanted: number | undefined;

  /** The messages that this piece completes. Throws FrameError: one is too long. */
  push(piece: Buffer): readonly string[] {
    this.#pieces.push(piece);
    this.#held += piece.length;
    const texts: string[] = [];
    while (true) {
      if (this.#wanted === undefined) {
        if (this.#held < HEADER_BYTES) return texts;
        this.#wanted = this.#take(HEADER_BYTES).readUInt32BE();
        refuseLong(this.#wanted);
      }
      if (this.#held < this.#wanted) return texts;
      texts.push(this.#take(this.#wanted).toString('utf8'));
      this.#wanted = undefined;
    }
  }

  #take(count: number): Buffer {
    const [first] = this.#pieces;
    const all = this.#pieces.length === 1 && first !== undefined ? first : this.#joined();
    this.#held -= count;
    this.#pieces.splice(0, this.#pieces.length, all.subarray(count));
    return all.subarray(0, count);
  }

  #joined(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

function refuseLong(length: number): void {
  if (length <= LIMITS.arrayMessageBytes) return;
  throw new FrameError(`a message of ${length} bytes is too long`);
}
