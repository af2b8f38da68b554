/**
 * Distinguished names (X.501) from their DER form: one line for people, and a form to compare.
 */
import { children, DerError, type Element, expect, objectIdentifier, single, TAG } from './der.ts';

interface Name {
  /** In the order of the certificate, e.g. `DC=local, DC=vsphere, CN=CA`. */
  readonly text: string;
  /**
   * Equal for names that RFC 5280 7.1 calls equal: case and runs of spaces do not matter. Names only find
   * candidates; whether one really signed another the signature says.
   */
  readonly key: string;
}

/** Attribute types that have a short name. */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** Throws DerError when `der` is no name. */
export function readName(der: Uint8Array): Name {
  const parts = [...children(single(der, TAG.sequence))].map((relative) =>
    [...children(expect(relative, TAG.set))].map(attribute),
  );
  const text = parts.map((each) => each.map(({ shown }) => shown).join('+')).join(', ');
  const key = JSON.stringify(parts.map((each) => each.map(({ compared }) => compared)));
  return { text, key };
}

function attribute(element: Element) {
  const [type, value] = children(expect(element, TAG.sequence));
  const oid = objectIdentifier(expect(type, TAG.objectIdentifier));
  const text = textOf(value);
  // Characters that part attributes or lines are shown escaped.
  const escaped = text.replace(/[,+="\\<>;\n\r]/g, (found) => `\\${found}`);
  return {
    shown: `${SHORT[oid] ?? oid}=${escaped}`,
    compared: `${oid}=${text.trim().toLowerCase().replace(/\s+/g, ' ')}`,
  };
}

/** The string types of X.520; another type is shown and compared by its bytes. */
function textOf(value: Element | undefined): string {
  if (value === undefined) throw new DerError('an attribute without value');
  const bytes = Buffer.from(value.content);
  switch (value.tag) {
    case 0x0c: // UTF8String
      return bytes.toString('utf8');
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x14: // TeletexString
    case 0x16: // IA5String
      return bytes.toString('latin1');
    case 0x1e: // BMPString: two bytes each, the high one first
      return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : bytes.toString('hex');
    default:
      return `#${bytes.toString('hex')}`;
  }
}
