/**
 * Password hashes: scrypt (RFC 7914) from node:crypto, in the text form
 * `$scrypt$ln=15,r=8,p=1$<salt>$<hash>` (base64 without padding). Knows nothing of users.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's N as a power of two, and its r and p. */
export interface PasswordCost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and about a third of a second: one of the settings that OWASP lists as equally strong. */
const COST: PasswordCost = { ln: 15, r: 8, p: 3 };
const HASH_BYTES = 32;
const FORM = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** More than this a stored hash may not ask for, so that a bad row cannot stop the process. */
const COST_MAX = { ln: 20, r: 16, p: 16 };

/** The text to keep for `password`; another one every time. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, HASH_BYTES, cost);
  const { ln, r, p } = cost;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Does `password` belong to `kept`? Compares in constant time. Error when `kept` has not the form. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, ln, r, p, salt = '', hash = ''] = FORM.exec(kept) ?? [];
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const isAllowed = cost.ln <= COST_MAX.ln && cost.r <= COST_MAX.r && cost.p <= COST_MAX.p;
  if (!isAllowed) throw new Error('a stored password hash has not the form of one');
  const expected = Buffer.from(hash, 'base64');
  const found = await derive(password, Buffer.from(salt, 'base64'), expected.length, cost);
  return timingSafeEqual(found, expected);
}

/** A password for a person to type once: 20 characters, 120 bits, safe in a shell. */
export function makePassword(): string {
  return randomBytes(15).toString('base64url');
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  { ln, r, p }: PasswordCost,
): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 128 + 32 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
