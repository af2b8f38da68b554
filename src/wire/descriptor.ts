/**
 * What the generator writes about a WSDL and the codec reads: one service description per API version,
 * as plain data. It names no operation; another WSDL is served by generating another description.
 *
 * Source: WSDL 1.1, XML Schema 1.0. `scripts/generate.ts` makes it from `wsdl/`.
 */

/** The XML Schema types that VASA uses. How each looks in TypeScript: see `Scalars`. */
export type ScalarName = keyof Scalars;

/** XML Schema type to TypeScript type. */
export interface Scalars {
  'xs:string': string;
  'xs:boolean': boolean;
  /** 32 bits. */
  'xs:int': number;
  /** 64 bits, without loss. */
  'xs:long': bigint;
  'xs:double': number;
  /** Milliseconds since the epoch; read with any zone (none means UTC), written in UTC with `Z`. */
  'xs:dateTime': number;
  /** Kept as the lexical form, e.g. `P1D`. */
  'xs:duration': string;
  'xs:base64Binary': Uint8Array;
}

/**
 * A value whose type travels with it (`xs:anyType`). `type` is a scalar's name or the name of a
 * complex or enumeration type of the same service; `value` has that type's shape.
 */
export interface AnyValue {
  readonly type: string;
  readonly value: unknown;
}

/**
 * A value of `xs:anyType` that came as text and did not say its type, which XML Schema allows. Whoever knows the type
 * reads it; `readAs` gives undefined where it is no value of that type.
 */
export interface UntypedValue extends AnyValue {
  readonly type: 'xs:anyType';
  /** The text as it came. */
  readonly value: string;
  readonly readAs: (type: ScalarName) => unknown;
}

export interface FieldDescriptor {
  /** Local name of the child element. */
  readonly name: string;
  /** Namespace of the child element: that of the schema that declares it. Index into `namespaces`. */
  readonly namespace: number;
  /** A scalar's name, `xs:anyType`, or the name of a type in `types`. */
  readonly type: string;
  readonly min: 0 | 1;
  /** `many`: an array in TypeScript, always present, empty when there is no child. */
  readonly max: 1 | 'many';
  /** May be `xsi:nil`; read as absent (in a list: the member is left out), never written. */
  readonly nillable: boolean;
}

export interface ComplexTypeDescriptor {
  readonly kind: 'complex';
  /** Local name in the schema. */
  readonly local: string;
  /** Index into `namespaces`. */
  readonly namespace: number;
  /** Name of the type this one extends; its fields come first and keep their namespaces. */
  readonly base?: string;
  /** The type's own fields in schema order, inherited ones not repeated. */
  readonly fields: readonly FieldDescriptor[];
}

export interface EnumerationDescriptor {
  readonly kind: 'enumeration';
  readonly local: string;
  readonly namespace: number;
  readonly values: readonly string[];
}

export type TypeDescriptor = ComplexTypeDescriptor | EnumerationDescriptor;

/** A global element: the root of a message part. Its type is anonymous in the schema. */
export interface ElementDescriptor {
  readonly local: string;
  readonly namespace: number;
  readonly fields: readonly FieldDescriptor[];
}

export interface OperationDescriptor {
  /** SOAPAction (SOAP 1.1) or action (SOAP 1.2), e.g. `urn:setContext`. */
  readonly soapAction: string;
  /** Key into `elements`; null: the request's Body is empty and only the action tells the operation. */
  readonly input: string | null;
  /** Key into `elements`; null: the response's Body is empty. */
  readonly output: string | null;
  /** Names of the declared faults; each is also a key into `elements` (the detail element). */
  readonly faults: readonly string[];
}

export interface ServiceDescriptor {
  /** Of the API, e.g. `2.0`. */
  readonly version: string;
  /** Of the WSDL's definitions. */
  readonly targetNamespace: string;
  readonly serviceName: string;
  readonly namespaces: readonly string[];
  readonly types: Readonly<Record<string, TypeDescriptor>>;
  readonly elements: Readonly<Record<string, ElementDescriptor>>;
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
}

/**
 * Optional discriminator of a value whose type others extend: the name of the actual type where it is
 * not the declared one. Written and read as `xsi:type`.
 */
export const TYPE_KEY = '$type';
