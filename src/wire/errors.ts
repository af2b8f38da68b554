/**
 * What can be wrong with a message before any operation has looked at it. The wire's own error class:
 * it never leaves this room, dispatch turns it into a SOAP fault. Its text is told to the client and
 * speaks of the client's message only.
 *
 * Source: SOAP 1.1 section 4.4, SOAP 1.2 part 1 section 5.4.6 (the codes behind the kinds).
 */

/**
 * `value`: the message is well formed and of the right shape, but an argument is missing or is no value
 * of its type; told as InvalidArgument by operations that declare it. The others are always plain
 * SOAP faults: `structure` malformed, wrong shape, over a limit; `version` an unknown SOAP version;
 * `mustUnderstand` a header we would have to understand; `media` a content type, charset or encoding
 * we do not read; `size` a body over the limit. `busy` is no mistake of the client's: told as
 * VasaProviderBusy by operations that declare it, else by the HTTP status.
 */
export type MessageErrorKind =
  | 'structure'
  | 'value'
  | 'version'
  | 'mustUnderstand'
  | 'media'
  | 'size'
  | 'busy';

export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly kind: MessageErrorKind;

  constructor(kind: MessageErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** At most `characters` of `text`, with a mark where it was cut; for quoting a client's own words. */
export function clipped(text: string, characters = 120): string {
  const points = Array.from(text.slice(0, characters * 2));
  if (points.length <= characters && text.length <= characters * 2) return text;
  return `${points.slice(0, characters).join('')}…`;
}
