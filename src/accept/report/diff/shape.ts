/**
 * What messages look like, whatever their values: which elements they have, and of what form the values are. Two
 * providers never have the same ids, but both have ids.
 */
import type { ReportedExchange } from '../document.ts';
import { payloadOf, type XmlNode } from '../tree.ts';

/** Forms of the values seen at each path of elements, with the number of an exchange that has it. */
export type Shape = ReadonlyMap<string, { readonly forms: Set<string>; readonly exchange: number }>;

/** Longer messages are made to be long, and not compared. */
const MESSAGE_CHARACTERS = 1024 * 1024;

/** The shape of all these requests, or answers. */
export function shapeOf(exchanges: readonly ReportedExchange[], part: 'request' | 'answer'): Shape {
  const shape = new Map<string, { forms: Set<string>; exchange: number }>();
  const walk = (node: XmlNode, path: string, exchange: number) => {
    const typed = node.type === undefined ? path : `${path} (${node.type})`;
    const seen = shape.get(typed) ?? { forms: new Set(), exchange };
    shape.set(typed, seen);
    if (node.children.length === 0 && node.text !== '') seen.forms.add(formOf(node.text));
    for (const child of node.children) walk(child, `${path}/${child.name}`, exchange);
  };
  for (const each of exchanges) {
    const xml = each[part];
    const payload = xml.length > MESSAGE_CHARACTERS ? undefined : payloadOf(xml);
    if (payload !== undefined) walk(payload, payload.name, each.number);
  }
  return shape;
}

const FORMS: readonly (readonly [string, RegExp])[] = [
  ['boolean', /^(true|false)$/],
  ['integer', /^-?\d+$/],
  ['number', /^-?\d+\.\d+([eE][+-]?\d+)?$/],
  ['time', /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/],
  ['duration', /^-?P[\dYMDTHS.]+$/],
  ['UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['rfc4122. and UUID', /^rfc4122\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
];

/** The form of a value, in words. */
export function formOf(text: string): string {
  return FORMS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text';
}

/**
 * How `b` differs from `a`, each in a sentence: elements that only one has, values of forms that do not meet. None
 * where one of them has seen no message.
 */
export function shapeDifferences(a: Shape, b: Shape): readonly string[] {
  if (a.size === 0 || b.size === 0) return [];
  const only = (one: Shape, other: Shape, name: string) =>
    [...one]
      .filter(([path]) => !other.has(path))
      .map(([path, { exchange }]) => `only ${name} has ${path} (its exchange ${exchange})`);
  const forms = [...a].flatMap(([path, one]) => {
    const other = b.get(path);
    if (other === undefined || one.forms.size === 0 || other.forms.size === 0) return [];
    if ([...one.forms].some((form) => other.forms.has(form))) return [];
    const words = (each: typeof one) => `${[...each.forms].join(', ')} (${each.exchange})`;
    return [`${path} was ${words(one)}, is ${words(other)}`];
  });
  return [...only(a, b, 'A'), ...only(b, a, 'B'), ...forms];
}
