/**
 * The fields of one option's data, read in order. Whatever does not fit is refused as invalid, which the
 * client is told; its next option can be understood all the same.
 */
import { OPTION_REPLY } from '../protocol.ts';

/** An option that cannot be granted: the reply's type, and words for the client's user. */
export class OptionRefusal extends Error {
  readonly reply: number;

  constructor(reply: number, message: string) {
    super(message);
    this.name = 'OptionRefusal';
    this.reply = reply;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Fields {
  readonly #data: Buffer;
  readonly #stringBytes: number;
  #at = 0;

  /** `stringBytes`: the longest string allowed. */
  constructor(data: Buffer, stringBytes: number) {
    this.#data = data;
    this.#stringBytes = stringBytes;
  }

  uint16(): number {
    return this.#next(2).readUInt16BE();
  }

  uint32(): number {
    return this.#next(4).readUInt32BE();
  }

  /** A string with its 32-bit length before it. */
  string(): string {
    return this.text(this.uint32());
  }

  /** A string of so many bytes. */
  text(length: number): string {
    if (length > this.#stringBytes) throw invalid('a string is too long');
    const bytes = this.#next(length);
    if (bytes.includes(0)) throw invalid('a string holds NUL');
    try {
      return UTF8.decode(bytes);
    } catch {
      throw invalid('a string is not UTF-8');
    }
  }

  /** All that is left, as a string. */
  rest(): string {
    return this.text(this.#data.length - this.#at);
  }

  /** Must be called last: refuses data that nobody reads. */
  end(): void {
    if (this.#at !== this.#data.length) throw invalid('the option has more data than it may');
  }

  #next(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#data.length) throw invalid('the option ends too early');
    const part = this.#data.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

function invalid(message: string): OptionRefusal {
  return new OptionRefusal(OPTION_REPLY.invalid, message);
}
