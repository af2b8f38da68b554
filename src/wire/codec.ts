/**
 * A service compiled: what reads and writes its messages. Made once per service at start; it knows no
 * operation by name, only what the description says.
 */
import type { ServiceDescriptor } from './descriptor.ts';
import { MessageError } from './errors.ts';
import { type ElementPlan, planService, qualified } from './plan.ts';
import { ElementReader, type Untyped } from './reader.ts';
import { createTokenizer, type Tag, type Tokenize } from './tokenizer.ts';
import { compileWriter, type EncodeElement, type EncodeInSlices } from './writer.ts';

export interface Codec {
  readonly service: ServiceDescriptor;
  /** For documents whose elements `reader` reads; not to be used while it reads one. */
  readonly tokenize: Tokenize;
  /** The element of that name, or undefined when the service has none. */
  elementNamed(uri: string, local: string): ElementPlan | undefined;
  /**
   * A reader for the element that has just opened as `tag`. Throws MessageError on its attributes. `untyped`: `given`
   * unless told otherwise.
   */
  reader(root: ElementPlan, tag: Tag, untyped?: Untyped): ElementReader;
  /** An element by its key, as text that declares its own namespaces. Throws EncodeError. */
  readonly encode: EncodeElement;
  /** The same for what is too long to be written in one go; undefined: it is not. */
  readonly encodeInSlices: EncodeInSlices;
  /** The reverse of `encode`, for a whole document. Throws MessageError. */
  decode(key: string, xml: string): unknown;
}

/**
 * Compiles `service`. Throws when the description contradicts itself. Codecs of one process should share
 * a tokenizer (see `createTokenizer`).
 */
export function compileCodec(
  service: ServiceDescriptor,
  tokenize: Tokenize = createTokenizer(),
): Codec {
  const plan = planService(service);
  const decode = (key: string, xml: string): unknown => {
    let reader: ElementReader | undefined;
    tokenize(xml, {
      open: (tag, resolve) => {
        if (reader !== undefined) return reader.open(tag, resolve);
        const root = plan.elementsByName.get(qualified(tag.uri, tag.local));
        if (root?.key !== key) throw new MessageError('structure', `not an element ${key}`);
        reader = new ElementReader(plan, root, tag, 'given');
      },
      text: (text) => reader?.text(text),
      close: () => reader?.close(),
    });
    return reader?.result;
  };
  return {
    service,
    tokenize,
    elementNamed: (uri, local) => plan.elementsByName.get(qualified(uri, local)),
    reader: (root, tag, untyped = 'given') => new ElementReader(plan, root, tag, untyped),
    ...compileWriter(plan),
    decode,
  };
}
