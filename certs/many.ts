/**
 * Client certificates by the thousand, for load: each with its own name and serial number, signed by the
 * authority, all over one key pair. Making a certificate anew takes 10 ms; here one is made, and its name and
 * serial number are overwritten and the whole signed again. Source: RFC 5280 section 4.1, X.690 (DER).
 */
import { sign } from 'node:crypto';
import type { Authority } from './make.ts';

/** One of them. The key is the same for all. */
export interface ManyIssued {
  readonly name: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const DIGITS = 6;
const SERIAL_DIGITS = 32;
/** ecdsa-with-SHA256 as an AlgorithmIdentifier. */
const ECDSA_WITH_SHA256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

const numbered = (number: number) => String(number).padStart(DIGITS, '0');
const serialOf = (number: number) => `4${number.toString(16).padStart(SERIAL_DIGITS - 1, '0')}`;

/**
 * Makes those of these numbers, by an authority with an ECDSA key. They are named `<label> 000001` and so on; no
 * number may be made twice by one authority, for it is the serial number.
 */
export async function issueMany(
  authority: Authority,
  label: string,
  [from, to]: readonly [first: number, last: number],
): Promise<readonly ManyIssued[]> {
  const first = { name: `${label} ${numbered(0)}`, serial: serialOf(0) };
  const { der, keyPem } = await authority.issueClient({ ...first, key: 'ecdsa' });
  const start = headerLength(der);
  const signed = der.subarray(start, start + elementLength(der.subarray(start)));
  const serialAt = signed.indexOf(Buffer.from(first.serial, 'hex'));
  const nameAt = signed.indexOf(Buffer.from(first.name, 'latin1'));
  if (serialAt < 0 || nameAt < 0) throw new Error('the certificate is not as it was asked for');
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const name = `${label} ${numbered(from + index)}`;
    signed.write(serialOf(from + index), serialAt, 'hex');
    signed.write(name, nameAt, 'latin1');
    const signature = sign('sha256', signed, authority.keyPem);
    const bits = element(0x03, Buffer.concat([Buffer.from([0]), signature]));
    const whole = element(0x30, Buffer.concat([signed, ECDSA_WITH_SHA256, bits]));
    return { name, certificatePem: pemOf(whole), keyPem };
  });
}

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}(?!$)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** Bytes of tag and length of the element at the start. */
function headerLength(der: Buffer): number {
  const second = der.readUInt8(1);
  return second < 0x80 ? 2 : 2 + (second & 0x7f);
}

/** Bytes of the whole element at the start. */
function elementLength(der: Buffer): number {
  const header = headerLength(der);
  const length = header === 2 ? der.readUInt8(1) : der.readUIntBE(2, header - 2);
  return header + length;
}

function element(tag: number, content: Buffer): Buffer {
  const length = content.length;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
