/**
 * Reads a provider's answer: envelope of either SOAP version, the response element or the fault, decoded by
 * the service's description. Stricter than a client need be: what is out of place is an error.
 * Source: SOAP 1.1 section 4, SOAP 1.2 part 1 section 5.
 */
import type { Codec } from '../../wire/codec.ts';
import type { SoapVersion } from '../../wire/envelope.ts';
import { MessageError } from '../../wire/errors.ts';
import type { ElementReader } from '../../wire/reader.ts';
import type { ResolvePrefix, Tag, TokenHandlers } from '../../wire/tokenizer.ts';

const NAMESPACES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** A fault as it came. `name` undefined: it carries no typed detail. */
export interface FaultAnswer {
  readonly name: string | undefined;
  readonly text: string;
  /** The typed fault's own fields, decoded. */
  readonly data: unknown;
}

/** What was in the Body. */
export interface Answer {
  readonly soap: SoapVersion;
  /** Key of the response element; undefined: an empty Body, or a fault. */
  readonly element: string | undefined;
  readonly value: unknown;
  readonly fault: FaultAnswer | undefined;
}

/** Reads an answer. Throws MessageError. */
export function readAnswer(codec: Codec, xml: string): Answer {
  const reader = new AnswerReader(codec);
  codec.tokenize(xml, reader);
  return reader.result();
}

class AnswerReader implements TokenHandlers {
  readonly #codec: Codec;
  readonly #path: string[] = [];
  #soap: SoapVersion | undefined;
  #payload: ElementReader | undefined;
  #element: string | undefined;
  #value: unknown;
  #isFault = false;
  #hasBody = false;
  #text = '';

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  open(tag: Tag, resolve: ResolvePrefix): void {
    if (this.#payload !== undefined) {
      this.#payload.open(tag, resolve);
      return;
    }
    const depth = this.#path.length;
    if (depth === 0) this.#openEnvelope(tag);
    if (depth === 1 && tag.local === 'Body') this.#hasBody = true;
    if (depth === 2 && this.#path[1] === 'Body') this.#openInBody(tag);
    else if (this.#isFault && depth === 4 && /^detail$/i.test(this.#path[3] ?? ''))
      this.#start(tag);
    if (this.#payload === undefined) this.#path.push(tag.local);
  }

  text(piece: string): void {
    if (this.#payload !== undefined) this.#payload.text(piece);
    else if (/^(faultstring|Text)$/.test(this.#path.at(-1) ?? '')) this.#text += piece;
  }

  close(): void {
    if (this.#payload === undefined) {
      this.#path.pop();
      return;
    }
    this.#payload.close();
    if (!this.#payload.done) return;
    this.#value = this.#payload.result;
    this.#payload = undefined;
  }

  result(): Answer {
    if (this.#soap === undefined || !this.#hasBody)
      throw new MessageError('structure', 'the answer is no SOAP envelope with a Body');
    const { ...inner } = (this.#value ?? {}) as Record<string, unknown>;
    const fault = { name: this.#element, text: this.#text.trim(), data: Object.values(inner)[0] };
    return this.#isFault
      ? { soap: this.#soap, element: undefined, value: undefined, fault }
      : { soap: this.#soap, element: this.#element, value: this.#value, fault: undefined };
  }

  #openEnvelope(tag: Tag): void {
    if (tag.local === 'Envelope' && tag.uri === NAMESPACES['1.1']) this.#soap = '1.1';
    if (tag.local === 'Envelope' && tag.uri === NAMESPACES['1.2']) this.#soap = '1.2';
    if (this.#soap === undefined)
      throw new MessageError('structure', 'the answer is not a SOAP envelope');
  }

  #openInBody(tag: Tag): void {
    if (this.#element !== undefined || this.#isFault)
      throw new MessageError('structure', 'the Body holds more than one element');
    if (tag.local === 'Fault' && this.#soap !== undefined && tag.uri === NAMESPACES[this.#soap])
      this.#isFault = true;
    else this.#start(tag);
  }

  #start(tag: Tag): void {
    const element = this.#codec.elementNamed(tag.uri, tag.local);
    if (element === undefined)
      throw new MessageError('structure', `{${tag.uri}}${tag.local} is no element of this service`);
    this.#element = element.key;
    // A client that knows nothing but the contract could not read it.
    this.#payload = this.#codec.reader(element, tag, 'refused');
  }
}
