/**
 * Writes one element of a service (the child of a SOAP Body, or a fault's detail) from a plain object:
 * one closure per field, compiled once, appending to one string. The root declares the namespaces that
 * the message uses and no others.
 *
 * A value that does not fit its type is this provider's own mistake: `EncodeError`, which dispatch
 * answers as StorageFault. That includes text with characters that XML 1.0 cannot carry: to drop or to
 * replace them here would show the client an id or a name that the array does not know.
 */
import { LIMITS } from '../model/limits.ts';
import { TYPE_KEY } from './descriptor.ts';
import { escapeAttribute } from './lexical.ts';
import {
  type ComplexPlan,
  type FieldPlan,
  isKindOf,
  type ServicePlan,
  type TypePlan,
  XSD_NAMESPACE,
  XSI_NAMESPACE,
} from './plan.ts';

/** A response that its own description does not allow. The message names element and field. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
}

/** The element under the key, as text. `value` has the shape of the element's generated type. */
export type EncodeElement = (key: string, value: unknown) => string;

/**
 * The same for a value with a long list, as work in slices of some milliseconds that gives the text in
 * pieces, in UTF-8; undefined for all others.
 */
export type EncodeInSlices = (
  key: string,
  value: unknown,
) => Generator<undefined, readonly Uint8Array[]> | undefined;

export interface Writer {
  readonly encode: EncodeElement;
  readonly encodeInSlices: EncodeInSlices;
}

interface Output {
  text: string;
  /** 1 for each namespace that a name in `text` uses; the last two are xsi and xs. */
  readonly used: Uint8Array;
  /** The field being written, for an error's text. */
  at: string;
}

/** `start` is the open tag without its `>`, `end` the close tag. */
type WriteValue = (out: Output, value: unknown, start: string, end: string) => void;
type WriteField = (out: Output, object: Record<string, unknown>) => void;

const RESERVED = new Set(['soapenv', 'xml', 'xmlns', 'xs', 'xsi']);

/** A prefix for each namespace: the first label of its host where that is a fresh word, else a number. */
export function prefixesOf(namespaces: readonly string[]): readonly string[] {
  const taken = new Set(RESERVED);
  return namespaces.map((uri, index) => {
    const label = /^https?:\/\/([a-z][a-z0-9]*)[./]/.exec(uri)?.[1];
    const prefix = label === undefined || taken.has(label) ? `ns${index}` : label;
    taken.add(prefix);
    return prefix;
  });
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return value as Record<string, unknown>; // Checked above; its properties are checked one by one.
}

/** Compiles the writers of all elements of `plan`. */
export function compileWriter(plan: ServicePlan): Writer {
  const { namespaces } = plan.service;
  const prefixes = prefixesOf(namespaces);
  const xsi = namespaces.length;
  const xs = xsi + 1;
  const declarations = [
    ...namespaces.map((uri, index) => ` xmlns:${prefixes[index]}="${escapeAttribute(uri)}"`),
    ` xmlns:xsi="${XSI_NAMESPACE}"`,
    ` xmlns:xs="${XSD_NAMESPACE}"`,
  ];
  const fieldWriters = new Map<ComplexPlan, WriteField[]>();

  const writeField = (field: FieldPlan): WriteField => {
    const { name, namespace, required } = field;
    const start = `<${prefixes[namespace]}:${name}`;
    const end = `</${prefixes[namespace]}:${name}>`;
    const write = writeValue(field.type);
    if (!field.many) {
      return (out, object) => {
        const value = object[name];
        out.at = name;
        if (value === undefined) {
          if (required) throw new TypeError('a required field is missing');
          return;
        }
        out.used[namespace] = 1;
        write(out, value, start, end);
      };
    }
    return (out, object) => {
      const list = object[name];
      out.at = name;
      if (list === undefined || (Array.isArray(list) && list.length === 0)) {
        if (required) throw new TypeError('a required list is empty');
        return;
      }
      if (!Array.isArray(list)) throw new TypeError('not a list');
      out.used[namespace] = 1;
      for (const item of list) write(out, item, start, end);
    };
  };
  const fieldsOf = (type: ComplexPlan): readonly WriteField[] => {
    const known = fieldWriters.get(type);
    if (known !== undefined) return known;
    const fields: WriteField[] = [];
    // Known before it is filled: a type may contain itself.
    fieldWriters.set(type, fields);
    fields.push(...type.fields.map(writeField));
    return fields;
  };
  const typeAttribute = (out: Output, name: string): string => {
    out.used[xsi] = 1;
    const local = plan.typeNames.get(name);
    if (local === undefined) {
      out.used[xs] = 1;
      return ` xsi:type="${name}"`;
    }
    out.used[local.namespace] = 1;
    return ` xsi:type="${prefixes[local.namespace]}:${local.local}"`;
  };
  const writeComplex = (type: ComplexPlan): WriteValue => {
    const fields = fieldsOf(type);
    return (out, value, start, end) => {
      const object = objectOf(value);
      const actual = type.extended ? object[TYPE_KEY] : undefined;
      if (actual !== undefined && actual !== type.name) {
        writeSubtype(out, type, object, start, end);
        return;
      }
      out.text += `${start}>`;
      for (const write of fields) write(out, object);
      out.text += end;
    };
  };
  const writeSubtype = (
    out: Output,
    declared: ComplexPlan,
    object: Record<string, unknown>,
    start: string,
    end: string,
  ): void => {
    const type = plan.types.get(String(object[TYPE_KEY]));
    if (type?.kind !== 'complex' || !isKindOf(type, declared)) {
      throw new TypeError(`${String(object[TYPE_KEY])} does not extend ${declared.name}`);
    }
    out.text += `${start}${typeAttribute(out, type.name)}>`;
    for (const write of fieldsOf(type)) write(out, object);
    out.text += end;
  };
  const writeAny: WriteValue = (out, value, start, end) => {
    const any = objectOf(value);
    const name = any['type'];
    const type = typeof name === 'string' ? plan.types.get(name) : undefined;
    if (type === undefined || type.kind === 'any') throw new TypeError('a value of unknown type');
    const typed = start + typeAttribute(out, type.name);
    if (type.kind !== 'complex') {
      out.text += `${typed}>${type.scalar.write(any['value'])}${end}`;
      return;
    }
    const object = objectOf(any['value']);
    const actual = object[TYPE_KEY];
    if (actual !== undefined && actual !== type.name) {
      throw new TypeError(`a value says it is both ${type.name} and ${String(actual)}`);
    }
    out.text += `${typed}>`;
    for (const write of fieldsOf(type)) write(out, object);
    out.text += end;
  };
  const writeValue = (type: TypePlan): WriteValue => {
    if (type.kind === 'any') return writeAny;
    if (type.kind === 'complex') return writeComplex(type);
    const { write } = type.scalar;
    return (out, value, start, end) => {
      out.text += `${start}>${write(value)}${end}`;
    };
  };

  const roots = new Map(
    [...plan.elements.values()].map((element): [string, Root] => [
      element.key,
      {
        name: `${prefixes[element.namespace]}:${element.local}`,
        namespace: element.namespace,
        fields: fieldsOf(element.content).map((write, index) => ({
          name: element.content.fields[index]?.name ?? '',
          write,
        })),
      },
    ]),
  );
  const rootOf = (key: string): Root => {
    const root = roots.get(key);
    if (root === undefined) throw new EncodeError(`no element ${key}`);
    return root;
  };
  const startOf = ({ name }: Root, { used }: Output): string =>
    `<${name}${declarations.filter((_, index) => used[index] === 1).join('')}>`;
  const opened = ({ namespace }: Root): Output => {
    const used = new Uint8Array(namespaces.length + 2);
    used[namespace] = 1;
    return { text: '', used, at: '' };
  };
  const encode: EncodeElement = (key, value) => {
    const root = rootOf(key);
    const out = opened(root);
    try {
      const object = objectOf(value);
      for (const { write } of root.fields) write(out, object);
    } catch (cause) {
      throw encodeError(key, out, cause);
    }
    return `${startOf(root, out)}${out.text}</${root.name}>`;
  };
  function* slices(key: string, root: Root, object: Record<string, unknown>) {
    const out = opened(root);
    const pieces: Uint8Array[] = [];
    try {
      for (const part of partsOf(root, object)) {
        part.write(out, part.object);
        if (out.text.length < LIMITS.answerPieceCharacters) continue;
        pieces.push(Buffer.from(out.text));
        out.text = '';
        yield undefined;
      }
    } catch (cause) {
      throw encodeError(key, out, cause);
    }
    // What is declared at the start is known at the end.
    pieces.unshift(Buffer.from(startOf(root, out)));
    pieces.push(Buffer.from(`${out.text}</${root.name}>`));
    return pieces;
  }
  return {
    encode,
    encodeInSlices: (key, value) => {
      const root = rootOf(key);
      const object = objectOf(value);
      return root.fields.some(({ name }) => isLong(object[name]))
        ? slices(key, root, object)
        : undefined;
    },
  };
}

interface Root {
  readonly name: string;
  readonly namespace: number;
  /** In the order of the element's fields. */
  readonly fields: readonly { readonly name: string; readonly write: WriteField }[];
}

function isLong(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > LIMITS.answerWholeItems;
}

/** What is written in one go: a field, or some items of a long list as if they were all of it. */
function* partsOf({ fields }: Root, object: Record<string, unknown>) {
  for (const { name, write } of fields) {
    const list = object[name];
    if (!isLong(list)) {
      yield { write, object };
      continue;
    }
    for (let at = 0; at < list.length; at += LIMITS.answerSliceItems) {
      yield { write, object: { [name]: list.slice(at, at + LIMITS.answerSliceItems) } };
    }
  }
}

function encodeError(key: string, { at }: Output, cause: unknown): EncodeError {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new EncodeError(`${key}, field ${at}: ${problem}`, { cause });
}
