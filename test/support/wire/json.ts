/**
 * Decoded messages as JSON, for samples: `{"$long": "12"}` is a bigint, `{"$bytes": "AAE="}` bytes in
 * base64, `{"$double": "NaN"}` a number that JSON has no word for. All else is as it stands.
 */

/** Indented, with a line feed at the end. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, replace, 2)}\n`;
}

function replace(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $long: value.toString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $double: String(value) };
  return value;
}

/** The reverse of `toJson`. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const keys = Object.keys(value);
    const inner: unknown = Object.values(value)[0];
    if (keys.length !== 1 || typeof inner !== 'string') return value;
    if (keys[0] === '$long') return BigInt(inner);
    if (keys[0] === '$bytes') return new Uint8Array(Buffer.from(inner, 'base64'));
    return keys[0] === '$double' ? Number(inner) : value;
  });
}
