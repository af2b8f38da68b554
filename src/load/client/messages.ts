/**
 * What hosts send, as text made beforehand by the product's own codec: what differs from call to call is a
 * hole that is filled with text of an earlier answer. And what must be in the answers. SOAP 1.1, VASA 2.0.
 * Knows nothing of sockets. Source: wsdl/vasa-2.0.
 */
import type { Codec } from '../../wire/codec.ts';
import { writeEnvelope } from '../../wire/envelope.ts';
import type { Operations } from '../../wire/generated/vasa-2.0/operations.ts';
import { contentTypeOf } from '../../wire/media.ts';

/** A request without its cookie and the holes filled. */
export interface Message {
  readonly operation: string;
  /** HTTP headers that are always the same, up to the cookie's place. */
  readonly head: string;
  readonly body: string;
  /** Must be in the answer. */
  readonly expect: string;
  /** Must not be in it: what tells of a failure in an answer with HTTP 200. */
  readonly refuse: string | undefined;
}

/** A message with holes; `fill` takes as many texts as there are, already escaped, as answers hold them. */
export interface Template {
  readonly operation: string;
  fill(...texts: readonly string[]): Message;
}

type Request<Name extends keyof Operations> = Operations[Name]['request'];

interface How {
  /** Must be in the answer; default the name of the response element. */
  readonly expect?: string;
  /** Must not be in the answer. */
  readonly refuse?: string;
  /** Changes what the codec has written, e.g. to put holes where it writes none. */
  readonly shape?: (content: string) => string;
}

/** Stands in a request where a hole is to be. */
export const HOLE = 'filled-in-later';
/** The same where a number is wanted. */
export const NUMBER_HOLE = 7_777_777_777_777_777n;
const HOLES = new RegExp(`${HOLE}|${NUMBER_HOLE}`);

export class Messages {
  readonly #codec: Codec;
  readonly #expect: string | undefined;
  readonly #host: string;
  /** Of the service. */
  readonly path: string;

  /** `url`: of the service. `expect`: all that is expected of any answer, of a server that speaks no VASA. */
  constructor(codec: Codec, url: string, expect?: string) {
    this.#expect = expect;
    const { pathname, search, host } = new URL(url);
    this.#codec = codec;
    this.path = `${pathname}${search}`;
    this.#host = host;
  }

  message<Name extends keyof Operations & string>(
    operation: Name,
    request: Request<Name>,
    how: How = {},
  ): Message {
    return this.template(operation, request, how).fill();
  }

  /** A template: `request` holds HOLE or NUMBER_HOLE where texts go. */
  template<Name extends keyof Operations & string>(
    operation: Name,
    request: Request<Name>,
    { expect, refuse, shape = (content) => content }: How = {},
  ): Template {
    const described = this.#codec.service.operations[operation];
    if (described === undefined) throw new Error(`VASA 2.0 has no ${operation}`);
    const { input, output, soapAction } = described;
    const content = input === null ? '' : shape(this.#codec.encode(input, request));
    const pieces = writeEnvelope('1.1', content).split(HOLES);
    const head = `POST ${this.path} HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: ${contentTypeOf('1.1')}\r\nSOAPAction: "${soapAction}"\r\n`;
    const fixed = {
      ...{ operation, head },
      expect: this.#expect ?? expect ?? output ?? 'Body',
      refuse: refuse ?? (output === null ? 'Fault' : undefined),
    };
    const [first = '', ...rest] = pieces;
    return {
      operation,
      fill: (...texts) => {
        if (texts.length !== rest.length) throw new Error(`${operation}: ${rest.length} holes`);
        const body = rest.reduce(
          (done, piece, index) => done + (texts[index] ?? '') + piece,
          first,
        );
        return { ...fixed, body };
      },
    };
  }
}

/** The whole request. */
export function requestText({ head, body }: Message, session: string | undefined): string {
  const cookie = session === undefined ? '' : `Cookie: VASASESSIONID=${session}\r\n`;
  return `${head}${cookie}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
