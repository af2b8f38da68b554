/**
 * As much of HTTP/1.1 as a client needs that asks one thing at a time: where an answer ends, its status, its
 * session cookie. It must be cheap, since the machine is shared with what is measured. It knows nothing of
 * SOAP. Source: RFC 9112 sections 6 and 7, RFC 6265.
 */

export interface HttpAnswer {
  readonly status: number;
  /** The session id that the provider sets with this answer; `0` where it ends the session. */
  readonly session: string | undefined;
  /** As latin1: what is looked at is ASCII, and decoding UTF-8 costs more. */
  readonly body: string;
  /** The provider closes the connection after this answer. */
  readonly isLast: boolean;
}

interface Head {
  readonly status: number;
  readonly session: string | undefined;
  readonly isLast: boolean;
  /** Where the body starts. */
  readonly bodyAt: number;
  /** Bytes of the body; undefined: it is chunked. */
  readonly length: number | undefined;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const HEAD_BYTES = 64 * 1024;

/** Gathers the bytes of one answer after another. */
export class AnswerReader {
  #bytes: Buffer | undefined;
  #head: Head | undefined;

  /** Whether an answer has begun. */
  get isBegun(): boolean {
    return this.#bytes !== undefined;
  }

  /** The answer, when these bytes are its last; undefined: more must come. Throws where it is no HTTP. */
  take(piece: Buffer): HttpAnswer | undefined {
    this.#bytes = this.#bytes === undefined ? piece : Buffer.concat([this.#bytes, piece]);
    const bytes = this.#bytes;
    this.#head ??= headOf(bytes);
    if (this.#head === undefined) return undefined;
    const { status, session, isLast, bodyAt, length } = this.#head;
    const found =
      length === undefined ? chunkedBody(bytes, bodyAt) : plainBody(bytes, bodyAt, length);
    if (found === undefined) return undefined;
    if (found.end !== bytes.length) throw new Error('more came than the answer');
    this.#bytes = undefined;
    this.#head = undefined;
    return { status, session, isLast, body: found.body };
  }
}

function headOf(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) {
    if (bytes.length > HEAD_BYTES) throw new Error('the headers of the answer have no end');
    return undefined;
  }
  const text = bytes.toString('latin1', 0, end);
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
  if (status === undefined) throw new Error('the answer is no HTTP');
  const length = /\r\ncontent-length:[ \t]*(\d+)/i.exec(text)?.[1];
  const isChunked = /\r\ntransfer-encoding:[ \t]*chunked/i.test(text);
  if (length === undefined && !isChunked) throw new Error('the answer does not say where it ends');
  return {
    status: Number(status),
    session: /\r\nset-cookie:[^\r]*?\bVASASESSIONID="?([^;",\s]*)/i.exec(text)?.[1],
    isLast: /\r\nconnection:[ \t]*close/i.test(text),
    bodyAt: end + HEAD_END.length,
    length: isChunked ? undefined : Number(length),
  };
}

interface Body {
  readonly body: string;
  /** Where the answer ends. */
  readonly end: number;
}

function plainBody(bytes: Buffer, at: number, length: number): Body | undefined {
  const end = at + length;
  return bytes.length < end ? undefined : { body: bytes.toString('latin1', at, end), end };
}

function chunkedBody(bytes: Buffer, from: number): Body | undefined {
  let body = '';
  let at = from;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('a chunk of the answer has no size');
    const start = lineEnd + 2;
    if (size === 0) {
      // Trailers are few, and end with an empty line like the headers.
      const end =
        bytes.indexOf('\r\n', start) === start ? start : bytes.indexOf(HEAD_END, start) + 2;
      return end < start || bytes.length < end + 2 ? undefined : { body, end: end + 2 };
    }
    if (bytes.length < start + size + 2) return undefined;
    body += bytes.toString('latin1', start, start + size);
    at = start + size + 2;
  }
}
