/**
 * The SOAP envelope, 1.1 and 1.2, in and out. Reads a whole request in one pass and tells which
 * operation it is for, handing what is inside the Body to the element's reader.
 *
 * Headers are skipped, save that one we would have to understand is refused: we understand none.
 * Source: SOAP 1.1 sections 4 and 6; SOAP 1.2 part 1 section 5, part 2 section 7; docs/wire.md.
 */
import type { Codec } from './codec.ts';
import type { OperationDescriptor } from './descriptor.ts';
import { clipped, MessageError } from './errors.ts';
import { isBlank } from './lexical.ts';
import type { ElementReader } from './reader.ts';
import { type ResolvePrefix, type Tag, type TokenHandlers, textOf } from './tokenizer.ts';

export type SoapVersion = '1.1' | '1.2';

interface EnvelopeForm {
  readonly namespace: string;
  /** The attribute of a header that says who must read it, and the values that mean us. */
  readonly roleAttribute: string;
  readonly ourRoles: ReadonlySet<string>;
}

const FORMS: Readonly<Record<SoapVersion, EnvelopeForm>> = {
  '1.1': {
    namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
    roleAttribute: 'actor',
    ourRoles: new Set(['', 'http://schemas.xmlsoap.org/soap/actor/next']),
  },
  '1.2': {
    namespace: 'http://www.w3.org/2003/05/soap-envelope',
    roleAttribute: 'role',
    ourRoles: new Set([
      '',
      'http://www.w3.org/2003/05/soap-envelope/role/next',
      'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
    ]),
  },
};

/** What was understood of a request. With `error` the rest holds as far as reading got. */
export interface ReadMessage {
  /** Undefined: the request names no operation of the service, or two; then `error` says so. */
  readonly operation: string | undefined;
  /** The decoded request; `{}` for an operation whose request Body is empty. */
  readonly request: unknown;
  /** What stopped the reading: a MessageError; anything else is our own mistake. */
  readonly error: unknown;
}

/** Reads a request. `action` as the HTTP headers gave it, undefined when absent or empty. Never throws. */
export type MessageReader = (
  soap: SoapVersion,
  action: string | undefined,
  body: Uint8Array,
) => ReadMessage;

/** `body` (text of the Body's content, declaring its own namespaces) as an envelope. */
export function writeEnvelope(soap: SoapVersion, body: string): string {
  const { namespace } = FORMS[soap];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<soapenv:Envelope xmlns:soapenv="${namespace}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** The same for a body in pieces, in UTF-8. */
export function writeEnvelopePieces(
  soap: SoapVersion,
  body: readonly Uint8Array[],
): readonly Uint8Array[] {
  // Where the body belongs, and which no envelope has otherwise.
  const [start = '', end = ''] = writeEnvelope(soap, '\0').split('\0');
  return [Buffer.from(start), ...body, Buffer.from(end)];
}

/** Which operation an action and which an element means. */
interface OperationIndex {
  readonly byAction: ReadonlyMap<string, string>;
  /** By the key of the input element. */
  readonly byInput: ReadonlyMap<string, string>;
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
}

function indexOf(operations: Readonly<Record<string, OperationDescriptor>>): OperationIndex {
  const byAction = new Map<string, string>();
  const byInput = new Map<string, string>();
  for (const [name, { soapAction, input }] of Object.entries(operations)) {
    if (byAction.has(soapAction)) throw new RangeError(`two operations share ${soapAction}`);
    byAction.set(soapAction, name);
    if (input === null) continue;
    if (byInput.has(input)) throw new RangeError(`two operations share the element ${input}`);
    byInput.set(input, name);
  }
  return { byAction, byInput, operations };
}

type Place = 'start' | 'envelope' | 'header' | 'body' | 'payload' | 'end';

/** One request being read. */
class EnvelopeReader implements TokenHandlers {
  operation: string | undefined;
  request: unknown;
  readonly #form: EnvelopeForm;
  readonly #codec: Codec;
  readonly #index: OperationIndex;
  #place: Place = 'start';
  #headerDepth = 0;
  #sawHeader = false;
  #sawBody = false;
  #payload: ElementReader | undefined;

  constructor(soap: SoapVersion, codec: Codec, index: OperationIndex) {
    this.#form = FORMS[soap];
    this.#codec = codec;
    this.#index = index;
  }

  /** Before the envelope: what the HTTP headers said. */
  takeAction(action: string): void {
    this.operation = this.#index.byAction.get(action);
    if (this.operation === undefined) {
      throw new MessageError(
        'structure',
        `the action ${clipped(action)} is not one of this service`,
      );
    }
  }

  open(tag: Tag, resolve: ResolvePrefix): void {
    if (this.#place === 'payload') this.#payload?.open(tag, resolve);
    else if (this.#place === 'header') this.#openHeader(tag);
    else if (this.#place === 'body') this.#openPayload(tag);
    else if (this.#place === 'envelope') this.#openPart(tag);
    else this.#openEnvelope(tag);
  }

  text(piece: string): void {
    if (this.#place === 'payload') this.#payload?.text(piece);
    else if (this.#place !== 'header' && !isBlank(piece)) {
      throw new MessageError('structure', 'the envelope holds text where only elements belong');
    }
  }

  close(): void {
    if (this.#place === 'payload') {
      this.#payload?.close();
      if (this.#payload?.done) this.#place = 'body';
    } else if (this.#place === 'header' && this.#headerDepth > 0) {
      this.#headerDepth -= 1;
    } else {
      this.#place = this.#place === 'envelope' ? 'end' : 'envelope';
    }
  }

  /** After the last event: what an empty Body means. */
  finish(): void {
    if (!this.#sawBody) throw new MessageError('structure', 'the envelope has no Body');
    if (this.#payload !== undefined) {
      this.request = this.#payload.result;
      return;
    }
    if (this.operation === undefined) {
      throw new MessageError('structure', 'the Body is empty and no action names the operation');
    }
    if (this.#index.operations[this.operation]?.input !== null) {
      throw new MessageError('structure', `the Body of ${this.operation} must not be empty`);
    }
    this.request = {};
  }

  #openEnvelope(tag: Tag): void {
    if (tag.local !== 'Envelope') {
      throw new MessageError('structure', 'the request is not a SOAP envelope');
    }
    if (tag.uri !== this.#form.namespace) {
      throw new MessageError(
        'version',
        'the envelope is not of the SOAP version that the content type names',
      );
    }
    this.#place = 'envelope';
  }

  #openPart(tag: Tag): void {
    const ours = tag.uri === this.#form.namespace && !this.#sawBody;
    if (ours && tag.local === 'Header' && !this.#sawHeader) {
      this.#sawHeader = true;
      this.#place = 'header';
    } else if (ours && tag.local === 'Body') {
      this.#sawBody = true;
      this.#place = 'body';
    } else {
      throw new MessageError('structure', `the envelope has no place for ${clipped(tag.local)}`);
    }
  }

  #openHeader(tag: Tag): void {
    this.#headerDepth += 1;
    if (this.#headerDepth > 1) return;
    let must = false;
    let role = '';
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      if (uri !== this.#form.namespace) continue;
      if (local === 'mustUnderstand') must = value.trim() === '1' || value.trim() === 'true';
      if (local === this.#form.roleAttribute) role = value.trim();
    }
    if (must && this.#form.ourRoles.has(role)) {
      throw new MessageError(
        'mustUnderstand',
        `the header ${clipped(tag.local)} is not understood here`,
      );
    }
  }

  #openPayload(tag: Tag): void {
    if (this.#payload !== undefined) {
      throw new MessageError('structure', 'the Body holds more than one element');
    }
    const element = this.#codec.elementNamed(tag.uri, tag.local);
    const operation = element === undefined ? undefined : this.#index.byInput.get(element.key);
    const announced = this.operation;
    // Until the two agree neither is believed: no operation's rules apply to such a request.
    this.operation = undefined;
    if (element === undefined || operation === undefined) {
      const name = clipped(`{${tag.uri}}${tag.local}`);
      throw new MessageError('structure', `${name} is no request of this service`);
    }
    if (announced !== undefined && announced !== operation) {
      throw new MessageError(
        'structure',
        `the action says ${announced} but the Body says ${operation}`,
      );
    }
    this.operation = operation;
    this.#payload = this.#codec.reader(element, tag);
    this.#place = 'payload';
  }
}

/** Compiles the reader of a service's requests. Throws when two operations cannot be told apart. */
export function compileMessageReader(codec: Codec): MessageReader {
  const index = indexOf(codec.service.operations);
  return (soap, action, body) => {
    const reader = new EnvelopeReader(soap, codec, index);
    try {
      if (action !== undefined) reader.takeAction(action);
      codec.tokenize(textOf(body), reader);
      reader.finish();
      return { operation: reader.operation, request: reader.request, error: undefined };
    } catch (error) {
      return { operation: reader.operation, request: undefined, error };
    }
  };
}
