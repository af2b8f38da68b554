/** X.509 extensions, of certificates, CRLs and CRL entries alike. */
import { children, type Element, expect, objectIdentifier, TAG } from './der.ts';

interface Extension {
  /** Identifier, dotted. */
  readonly type: string;
  readonly isCritical: boolean;
  /** DER of the extension's own structure. */
  readonly value: Uint8Array;
}

/** The extensions of a SEQUENCE of them; none of undefined. Throws DerError for anything else. */
export function* extensionsIn(list: Element | undefined): Generator<Extension> {
  if (list === undefined) return;
  for (const extension of children(expect(list, TAG.sequence))) {
    const [oid, second, third] = children(expect(extension, TAG.sequence));
    const hasFlag = second?.tag === TAG.boolean;
    yield {
      type: objectIdentifier(expect(oid, TAG.objectIdentifier)),
      isCritical: hasFlag && second.content[0] !== 0,
      value: expect(hasFlag ? third : second, TAG.octetString).content,
    };
  }
}
