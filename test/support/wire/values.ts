/**
 * Values made from a service's description: at random for property tests, and one fixed value per
 * message for samples. Both know only the description, so they cover every operation alike.
 */
import fc from 'fast-check';
import {
  type ComplexTypeDescriptor,
  type FieldDescriptor,
  type ServiceDescriptor,
  TYPE_KEY,
} from '../../../src/wire/descriptor.ts';

/** Depth at which optional fields are left out, so that types which contain themselves end. */
const DEEPEST = 4;

const TEXT_UNIT = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ019 .:-_/') },
  { weight: 2, arbitrary: fc.constantFrom('&', '<', '>', '"', "'", ']', '\t', '\n', '\r') },
  { weight: 1, arbitrary: fc.constantFrom('é', '漢', '\u{1f4be}', '\u0085', '\u2028', '\ufffd') },
);

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'xs:string': fc.string({ unit: TEXT_UNIT, maxLength: 12 }),
  'xs:boolean': fc.boolean(),
  'xs:int': fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  'xs:long': fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  'xs:double': fc.double(),
  'xs:dateTime': fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  'xs:duration': fc.constantFrom('P1D', '-P2Y3M', 'PT0.5S', 'P1Y2M3DT4H5M6.7S'),
  'xs:base64Binary': fc.uint8Array({ maxLength: 9 }),
};

/** All fields of a type, inherited ones first. */
function fieldsOf(
  service: ServiceDescriptor,
  type: ComplexTypeDescriptor,
): readonly FieldDescriptor[] {
  const base = type.base === undefined ? undefined : service.types[type.base];
  return base?.kind === 'complex' ? [...fieldsOf(service, base), ...type.fields] : type.fields;
}

/** Names of the types that extend `name`, over any number of steps. */
function subtypesOf(service: ServiceDescriptor, name: string): readonly string[] {
  return Object.entries(service.types)
    .filter(([, type]) => type.kind === 'complex' && type.base === name)
    .flatMap(([child]) => [child, ...subtypesOf(service, child)]);
}

/** Random values of the element `key`: all the codec must be able to carry. */
export function arbitraryElement(service: ServiceDescriptor, key: string): fc.Arbitrary<unknown> {
  const element = service.elements[key];
  if (element === undefined) throw new RangeError(`no element ${key}`);
  return arbitraryFields(service, element.fields, 0);
}

function arbitraryFields(
  service: ServiceDescriptor,
  fields: readonly FieldDescriptor[],
  depth: number,
): fc.Arbitrary<Record<string, unknown>> {
  const required: string[] = [];
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  for (const { name, type, min, max } of fields) {
    if (min === 1 || max === 'many') required.push(name);
    if (max === 'many') {
      const empty = min === 0 && depth >= DEEPEST;
      model[name] = empty
        ? fc.constant([])
        : fc.array(arbitraryType(service, type, depth + 1), { minLength: min, maxLength: 3 });
    } else if (min === 1 || depth < DEEPEST) {
      model[name] = arbitraryType(service, type, depth + 1);
    }
  }
  return fc.record(model, { requiredKeys: required });
}

function arbitraryType(
  service: ServiceDescriptor,
  name: string,
  depth: number,
): fc.Arbitrary<unknown> {
  const scalar = SCALARS[name];
  if (scalar !== undefined) return scalar;
  if (name === 'xs:anyType') return arbitraryAny(service, depth);
  const type = service.types[name];
  if (type === undefined) throw new RangeError(`no type ${name}`);
  if (type.kind === 'enumeration') return fc.constantFrom(...type.values);
  // Lazily, or building the arbitrary of a deep type would build all that it may ever hold.
  const own = lazily(() => arbitraryFields(service, fieldsOf(service, type), depth));
  const children = depth < DEEPEST ? subtypesOf(service, name) : [];
  if (children.length === 0) return own;
  const substituted = fc.constantFrom(...children).chain((child) => {
    const descriptor = service.types[child];
    if (descriptor?.kind !== 'complex') throw new TypeError(child);
    return arbitraryFields(service, fieldsOf(service, descriptor), depth).map((value) => ({
      [TYPE_KEY]: child,
      ...value,
    }));
  });
  return fc.oneof({ weight: 3, arbitrary: own }, { weight: 1, arbitrary: substituted });
}

function arbitraryAny(service: ServiceDescriptor, depth: number): fc.Arbitrary<unknown> {
  const scalars = fc
    .constantFrom(...Object.keys(SCALARS))
    .chain((type) => arbitraryType(service, type, depth).map((value) => ({ type, value })));
  const named = Object.keys(service.types);
  if (depth >= DEEPEST || named.length === 0) return scalars;
  // The type itself, never one of its subtypes: an anyType value says its type once.
  const typed = fc.constantFrom(...named).chain((type) => {
    const descriptor = service.types[type];
    if (descriptor === undefined) throw new RangeError(type);
    const values: fc.Arbitrary<unknown> =
      descriptor.kind === 'enumeration'
        ? fc.constantFrom(...descriptor.values)
        : arbitraryFields(service, fieldsOf(service, descriptor), depth + 1);
    return values.map((value) => ({ type, value }));
  });
  return fc.oneof(scalars, typed);
}

function lazily<T>(make: () => fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.constant(undefined).chain(make);
}

const FIXED: Readonly<Record<string, unknown>> = {
  'xs:boolean': true,
  'xs:int': 42,
  'xs:long': 9_007_199_254_740_993n,
  'xs:double': 0.5,
  'xs:dateTime': Date.UTC(2026, 10, 22, 10, 30, 0, 250),
  'xs:duration': 'P1D',
  'xs:base64Binary': new Uint8Array([0, 1, 254, 255]),
};

/** One value of the element `key` with every field in it, always the same; lists have two members. */
export function fixedElement(service: ServiceDescriptor, key: string): unknown {
  const element = service.elements[key];
  if (element === undefined) throw new RangeError(`no element ${key}`);
  return fixedFields(service, element.fields, 0);
}

function fixedFields(
  service: ServiceDescriptor,
  fields: readonly FieldDescriptor[],
  depth: number,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const { name, type, min, max } of fields) {
    const wanted = min === 1 || depth < DEEPEST;
    if (max === 'many') {
      const members = [1, 2].map((number) =>
        fixedType(service, type, `${name}-${number}`, depth + 1),
      );
      value[name] = wanted ? members : [];
    } else if (wanted) {
      value[name] = fixedType(service, type, name, depth + 1);
    }
  }
  return value;
}

function fixedType(service: ServiceDescriptor, type: string, word: string, depth: number): unknown {
  if (type === 'xs:string') return word;
  if (type in FIXED) return FIXED[type];
  // The two uses of anyType in VASA: a plain value, and a fault in a batch.
  if (type === 'xs:anyType') {
    const isFault = /^(error|fault)/.test(word) && 'NotFound' in service.types;
    return isFault ? { type: 'NotFound', value: {} } : { type: 'xs:string', value: word };
  }
  const descriptor = service.types[type];
  if (descriptor === undefined) throw new RangeError(`no type ${type}`);
  if (descriptor.kind === 'enumeration') return descriptor.values[0];
  return fixedFields(service, fieldsOf(service, descriptor), depth);
}
