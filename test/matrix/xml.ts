/**
 * XML of requests from records, in the order of their fields: `m` for arguments, `d` and `v` for fields of
 * types in the namespaces of data and virtual volumes. Shares nothing with the product's codec.
 */
import { escaped } from '../support/soap-client.ts';

/** Markup that needs no escaping any more. */
export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | bigint | boolean | Xml | undefined | readonly Value[];
type Fields = Readonly<Record<string, Value>>;

function element(prefix: string, name: string, value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'object' && !(value instanceof Xml))
    return value.map((each) => element(prefix, name, each)).join('');
  const content = value instanceof Xml ? value.text : escaped(String(value));
  return `<${prefix}:${name}>${content}</${prefix}:${name}>`;
}

/** Fields of one namespace as elements. A list is an element for each member; undefined is none. */
export function elements(prefix: string): (fields: Fields) => Xml {
  return (fields) =>
    new Xml(
      Object.entries(fields)
        .map(([name, value]) => element(prefix, name, value))
        .join(''),
    );
}

export const m = elements('m');
export const d = elements('d');
export const v = elements('v');

/** One after the other: fields of a type whose base is in another namespace. */
export function joined(...parts: readonly Xml[]): Xml {
  return new Xml(parts.map(({ text }) => text).join(''));
}
