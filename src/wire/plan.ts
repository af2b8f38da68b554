/**
 * A service's descriptors joined up once: names resolved to what they name, inherited fields in front of
 * own ones, namespaces as text. Reader and writer walk this and look nothing up by name for a message.
 *
 * Source: XML Schema 1.0 part 1 (extension puts the base's children first).
 */
import type {
  ComplexTypeDescriptor,
  ElementDescriptor,
  FieldDescriptor,
  ServiceDescriptor,
} from './descriptor.ts';
import { isScalar, SCALARS, type Scalar } from './lexical.ts';

export interface ScalarPlan {
  readonly kind: 'scalar';
  readonly name: string;
  readonly scalar: Scalar;
}

/** Text out of a fixed set. `read` and `write` refuse any other. */
export interface EnumerationPlan {
  readonly kind: 'enumeration';
  readonly name: string;
  readonly scalar: Scalar;
}

/** `xs:anyType`: the value brings its type. */
export interface AnyPlan {
  readonly kind: 'any';
  readonly name: string;
}

export interface ComplexPlan {
  readonly kind: 'complex';
  /** Key in the service's `types`, or the element's for the root of a message. */
  readonly name: string;
  readonly base: ComplexPlan | undefined;
  /** Has this type descendants? Then a value may say by `$type` which of them it is. */
  extended: boolean;
  /** All fields in wire order, inherited ones first. */
  readonly fields: FieldPlan[];
}

export type TypePlan = ScalarPlan | EnumerationPlan | AnyPlan | ComplexPlan;

export interface FieldPlan {
  readonly name: string;
  readonly namespace: number;
  readonly uri: string;
  readonly type: TypePlan;
  readonly required: boolean;
  readonly many: boolean;
  readonly nillable: boolean;
}

export interface ElementPlan {
  readonly key: string;
  readonly local: string;
  readonly namespace: number;
  readonly uri: string;
  readonly content: ComplexPlan;
}

/** Where a named type lives, for `xsi:type`. */
export interface TypeName {
  readonly local: string;
  readonly namespace: number;
}

export interface ServicePlan {
  readonly service: ServiceDescriptor;
  readonly elements: ReadonlyMap<string, ElementPlan>;
  /** By `qualified(uri, local)`. */
  readonly elementsByName: ReadonlyMap<string, ElementPlan>;
  readonly types: ReadonlyMap<string, TypePlan>;
  /** Types of the service and the scalars, by `qualified(uri, local)`. */
  readonly typesByName: ReadonlyMap<string, TypePlan>;
  readonly typeNames: ReadonlyMap<string, TypeName>;
}

export const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** One key for a name and its namespace. */
export function qualified(uri: string, local: string): string {
  return `{${uri}}${local}`;
}

/** Is `type` the type `ancestor` or one that extends it, over any number of steps? */
export function isKindOf(type: ComplexPlan, ancestor: ComplexPlan): boolean {
  for (let at: ComplexPlan | undefined = type; at !== undefined; at = at.base) {
    if (at === ancestor) return true;
  }
  return false;
}

function enumerationPlan(name: string, values: readonly string[]): EnumerationPlan {
  const allowed = new Set(values);
  const { write } = SCALARS['xs:string'];
  return {
    kind: 'enumeration',
    name,
    scalar: {
      read: (text) => (allowed.has(text) ? text : undefined),
      write: (value) => {
        if (typeof value !== 'string' || !allowed.has(value)) {
          throw new TypeError(`not a value of ${name}`);
        }
        return write(value);
      },
    },
  };
}

/** Joins up `service`. Throws when the description contradicts itself: a generator's mistake. */
export function planService(service: ServiceDescriptor): ServicePlan {
  const types = new Map<string, TypePlan>([['xs:anyType', { kind: 'any', name: 'xs:anyType' }]]);
  for (const [name, scalar] of Object.entries(SCALARS))
    types.set(name, { kind: 'scalar', name, scalar });

  const uriOf = (index: number): string => {
    const uri = service.namespaces[index];
    if (uri === undefined) throw new RangeError(`no namespace ${index} in ${service.serviceName}`);
    return uri;
  };
  const complexPlan = (name: string, descriptor: ComplexTypeDescriptor): ComplexPlan => {
    const base = descriptor.base === undefined ? undefined : typePlan(descriptor.base);
    if (base !== undefined && base.kind !== 'complex')
      throw new TypeError(`${name} cannot be extended`);
    if (base !== undefined) base.extended = true;
    const plan: ComplexPlan = { kind: 'complex', name, base, extended: false, fields: [] };
    // Known before its fields are: a type may contain itself.
    types.set(name, plan);
    plan.fields.push(...(base?.fields ?? []), ...descriptor.fields.map(fieldPlan));
    return plan;
  };
  const typePlan = (name: string): TypePlan => {
    const known = types.get(name);
    if (known !== undefined) return known;
    const descriptor = Object.hasOwn(service.types, name) ? service.types[name] : undefined;
    if (descriptor === undefined) throw new RangeError(`no type ${name} in ${service.serviceName}`);
    if (descriptor.kind === 'complex') return complexPlan(name, descriptor);
    const plan = enumerationPlan(name, descriptor.values);
    types.set(name, plan);
    return plan;
  };
  const fieldPlan = (field: FieldDescriptor): FieldPlan => ({
    name: field.name,
    namespace: field.namespace,
    uri: uriOf(field.namespace),
    type: typePlan(field.type),
    required: field.min === 1,
    many: field.max === 'many',
    nillable: field.nillable,
  });
  const elementPlan = (key: string, element: ElementDescriptor): ElementPlan => ({
    key,
    local: element.local,
    namespace: element.namespace,
    uri: uriOf(element.namespace),
    content: {
      kind: 'complex',
      name: key,
      base: undefined,
      extended: false,
      fields: element.fields.map(fieldPlan),
    },
  });

  const typesByName = new Map<string, TypePlan>();
  for (const name of types.keys()) {
    if (isScalar(name)) typesByName.set(qualified(XSD_NAMESPACE, name.slice(3)), typePlan(name));
  }
  for (const [name, type] of Object.entries(service.types)) {
    typesByName.set(qualified(uriOf(type.namespace), type.local), typePlan(name));
  }
  const elements = Object.entries(service.elements).map(([key, element]) =>
    elementPlan(key, element),
  );
  return {
    service,
    elements: new Map(elements.map((element) => [element.key, element])),
    elementsByName: new Map(
      elements.map((element) => [qualified(element.uri, element.local), element]),
    ),
    types,
    typesByName,
    typeNames: new Map(
      Object.entries(service.types).map(([name, { local, namespace }]) => [
        name,
        { local, namespace },
      ]),
    ),
  };
}
