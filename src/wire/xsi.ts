/**
 * The attributes an element of a service may carry: those of the XML Schema instance namespace.
 *
 * Source: XML Schema 1.0 part 1, section 2.6.
 */
import { clipped, MessageError } from './errors.ts';
import { qualified, XSI_NAMESPACE } from './plan.ts';
import type { ResolvePrefix, Tag } from './tokenizer.ts';

const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

export interface XsiAttributes {
  readonly nil: boolean;
  /** A prefixed name as it was written. */
  readonly type: string | undefined;
}

/**
 * What the attributes of `tag` say; undefined when there are none that matter. Attributes of other
 * namespaces are left alone (SOAP lets anybody add them); one without namespace is refused, because
 * no element of a service has any.
 */
export function attributesOf(tag: Tag, name: string): XsiAttributes | undefined {
  let found: XsiAttributes | undefined;
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key];
    if (attribute === undefined || attribute.uri === XMLNS_NAMESPACE) continue;
    if (attribute.uri === '') {
      throw new MessageError('structure', `${name} has an unknown attribute, ${clipped(key)}`);
    }
    if (attribute.uri !== XSI_NAMESPACE) continue;
    const nil = attribute.local === 'nil' ? isTrue(attribute.value, name) : (found?.nil ?? false);
    const type = attribute.local === 'type' ? attribute.value : found?.type;
    found = { nil, type };
  }
  return found;
}

function isTrue(text: string, name: string): boolean {
  const word = text.trim();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw new MessageError('structure', `${name} has an xsi:nil that is neither true nor false`);
}

/** The name behind a prefixed one, as a `qualified` key; undefined when the prefix means nothing. */
export function resolveQName(name: string, resolve: ResolvePrefix): string | undefined {
  const word = name.trim();
  const colon = word.indexOf(':');
  const uri = resolve(colon < 0 ? '' : word.slice(0, colon));
  return uri === undefined ? undefined : qualified(uri, word.slice(colon + 1));
}
