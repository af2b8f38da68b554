/**
 * Requests that fit the schemas, or nearly, made from a service's description: any operation, any field, with
 * ids that exist when there are some (`Pool`). What they ask for need not make sense.
 */
import type {
  ComplexTypeDescriptor,
  FieldDescriptor,
  ServiceDescriptor,
} from '../../src/wire/descriptor.ts';
import type { Pool } from './pool.ts';
import type { Random } from './random.ts';
import { type Element, element, text } from './tree.ts';

/** Depth at which what may be left out is left out, so that types which contain themselves end. */
const DEEPEST = 5;

const NUMBERS: readonly string[] = [
  ...['0', '1', '-1', '2', '8', '100', '1024', '65536', '4194304', '+7', '007', ' 5 ', '-0'],
  ...['2147483647', '2147483648', '-2147483648', '9007199254740993'],
  ...['9223372036854775807', '-9223372036854775808', '9223372036854775808', '1e3', '0x10', ''],
];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  'xs:boolean': ['true', 'false', '1', '0', ' true ', 'TRUE', 'yes', ''],
  'xs:int': NUMBERS,
  'xs:long': NUMBERS,
  'xs:double': ['0.5', '-0', '1e308', '1e999', 'INF', '-INF', 'NaN', '.5', 'Infinity', ''],
  'xs:dateTime': [
    ...['2026-01-01T00:00:00Z', '2026-02-29T00:00:00Z', '0001-01-01T00:00:00Z'],
    ...['9999-12-31T24:00:00Z', '2026-01-01T00:00:00+14:00', '-2026-01-01T00:00:00Z', 'now'],
  ],
  'xs:duration': ['P1D', '-P2Y3M', 'PT0.5S', 'P', 'PT', `P${'9'.repeat(400)}Y`],
  'xs:base64Binary': ['', 'AAE=', 'AAE', 'A A E =', '====', 'AAEC'.repeat(300)],
};

export interface MessageMaker {
  /** An operation by its name: the request's element; undefined: its Body is empty. */
  request(operation: string): Element | undefined;
  /** Prefixes for all namespaces of the service, as attributes of the envelope. */
  readonly declarations: string;
  readonly operations: readonly string[];
}

/** A maker of requests for one service. */
export function messageMaker(service: ServiceDescriptor, random: Random, pool: Pool): MessageMaker {
  const prefix = (namespace: number) => `n${namespace}`;
  const named = Object.keys(service.types);
  const heirs = new Map<string, readonly string[]>();

  const fieldsOf = (type: ComplexTypeDescriptor): readonly FieldDescriptor[] => {
    const base = type.base === undefined ? undefined : service.types[type.base];
    return base?.kind === 'complex' ? [...fieldsOf(base), ...type.fields] : type.fields;
  };
  const children = (fields: readonly FieldDescriptor[], depth: number): Element[] =>
    fields.flatMap((field) => Array.from({ length: times(field, depth) }, () => one(field, depth)));
  const times = ({ min, max, type }: FieldDescriptor, depth: number): number => {
    const isPlain = service.types[type]?.kind !== 'complex';
    if (max === 'many' && isPlain && random.chance(0.002))
      return random.pick([1_000, 1_001, 10_001]);
    if (depth > DEEPEST) return min;
    if (max === 'many') return Math.max(min, random.below(4));
    return min === 1 || random.chance(0.6) ? 1 : 0;
  };
  const one = (field: FieldDescriptor, depth: number): Element => {
    const made = element(prefix(field.namespace), field.name, []);
    if (field.nillable && random.chance(0.03)) {
      made.attributes.push({ name: 'xsi:nil', value: random.pick(['true', '1', 'false', 'x']) });
    } else fill(made, field.type, depth);
    return made;
  };
  const fill = (made: Element, type: string, depth: number): void => {
    if (type === 'xs:anyType') {
      const chosen = random.chance(0.5) ? random.pick(Object.keys(VALUES)) : random.pick(named);
      say(made, chosen);
      fill(made, chosen, depth + 1);
      return;
    }
    const descriptor = service.types[type];
    if (descriptor?.kind === 'complex') {
      const own = heirs.get(type) ?? named.filter((name) => isHeir(name, type));
      heirs.set(type, own);
      const actual = own.length > 0 && random.chance(0.2) ? random.pick(own) : type;
      const chosen = service.types[actual];
      if (actual !== type || random.chance(0.03)) say(made, actual);
      if (chosen?.kind === 'complex') made.children.push(...children(fieldsOf(chosen), depth + 1));
      return;
    }
    const values = descriptor?.kind === 'enumeration' ? descriptor.values : VALUES[type];
    const isKnown = values !== undefined && random.chance(0.97);
    made.children.push(text(isKnown ? random.pick(values) : pool.textFor(made.local, random)));
  };
  const isHeir = (name: string, of: string): boolean => {
    const type = service.types[name];
    return type?.kind === 'complex' && (type.base === of || isHeir(type.base ?? '', of));
  };
  const say = (made: Element, type: string): void => {
    const descriptor = service.types[type];
    const value =
      descriptor === undefined ? type : `${prefix(descriptor.namespace)}:${descriptor.local}`;
    made.attributes.push({ name: 'xsi:type', value });
  };

  return {
    operations: Object.keys(service.operations),
    declarations: [
      ...service.namespaces.map((uri, index) => `xmlns:n${index}="${uri}"`),
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
      'xmlns:xs="http://www.w3.org/2001/XMLSchema"',
    ].join(' '),
    request: (operation) => {
      const input = service.operations[operation]?.input;
      const root = input === undefined || input === null ? undefined : service.elements[input];
      if (root === undefined) return undefined;
      return element(prefix(root.namespace), root.local, children(root.fields, 0));
    },
  };
}
