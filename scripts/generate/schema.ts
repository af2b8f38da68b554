/**
 * Reads `xs:schema` nodes into named types and global elements, every reference still an expanded name.
 * Accepts the part of XML Schema that a descriptor can say (sequences of elements, extension, enumerations)
 * and refuses the rest. Knows nothing of WSDL, files or TypeScript.
 *
 * Source: XML Schema 1.0 part 1; src/wire/descriptor.ts for what can be said.
 */

import {
  attribute,
  childrenNamed,
  type QName,
  refuse,
  requiredAttribute,
  resolveQName,
  type XmlNode,
} from './tree.ts';

/** Namespace of XML Schema itself. */
export const XS = 'http://www.w3.org/2001/XMLSchema';

export interface SchemaField {
  readonly name: string;
  /** Namespace of the schema that declares the field. */
  readonly uri: string;
  readonly type: QName;
  readonly min: 0 | 1;
  readonly max: 1 | 'many';
  readonly nillable: boolean;
  readonly doc: string;
  readonly node: XmlNode;
}

interface Declared extends QName {
  readonly doc: string;
  readonly node: XmlNode;
}

export interface SchemaComplexType extends Declared {
  readonly kind: 'complex';
  readonly base: QName | undefined;
  /** Own fields only. */
  readonly fields: readonly SchemaField[];
}

export interface SchemaEnumeration extends Declared {
  readonly kind: 'enumeration';
  readonly values: readonly string[];
}

export type SchemaType = SchemaComplexType | SchemaEnumeration;

export interface SchemaElement extends Declared {
  readonly fields: readonly SchemaField[];
}

export interface Schema {
  readonly uri: string;
  readonly types: readonly SchemaType[];
  readonly elements: readonly SchemaElement[];
}

/** The text of a node's `xs:annotation`, white space folded; '' when there is none. */
function documentation(node: XmlNode): string {
  return childrenNamed(node, XS, 'annotation')
    .flatMap((each) => childrenNamed(each, XS, 'documentation'))
    .map((each) => each.text.replace(/\s+/g, ' ').trim())
    .join(' ');
}

/**
 * Refuses attributes of no namespace other than `attributes`, and returns the children after the
 * annotation, each one of `children` in XML Schema's namespace.
 */
function strictly(
  node: XmlNode,
  attributes: readonly string[],
  children: readonly string[],
): readonly XmlNode[] {
  for (const { uri, local } of node.attributes) {
    if (uri === '' && local !== 'id' && !attributes.includes(local)) {
      refuse(node, `attribute "${local}" of <${node.local}> is not understood`);
    }
  }
  if (node.text.trim() !== '') refuse(node, `text in <${node.local}> is not understood`);
  const content = node.children.filter((child) => child.uri !== XS || child.local !== 'annotation');
  for (const child of content) {
    if (child.uri !== XS || !children.includes(child.local)) {
      refuse(child, `<${child.local}> in <${node.local}> is not understood`);
    }
  }
  return content;
}

/** The single member of `nodes`, or undefined when it is empty; refuses a second one. */
function atMostOne(nodes: readonly XmlNode[]): XmlNode | undefined {
  const second = nodes[1];
  if (second !== undefined) refuse(second, `a second <${second.local}> is not understood`);
  return nodes[0];
}

function occurrence(node: XmlNode, name: string, allowed: readonly string[]): string {
  const value = attribute(node, name) ?? '1';
  if (!allowed.includes(value)) refuse(node, `${name}="${value}" is not understood`);
  return value;
}

function flag(node: XmlNode, name: string): boolean {
  const value = attribute(node, name) ?? 'false';
  if (!['true', '1', 'false', '0'].includes(value))
    refuse(node, `${name}="${value}" is not a boolean`);
  return value === 'true' || value === '1';
}

function readField(node: XmlNode, uri: string): SchemaField {
  strictly(node, ['name', 'type', 'minOccurs', 'maxOccurs', 'nillable'], []);
  return {
    name: requiredAttribute(node, 'name'),
    uri,
    type: resolveQName(node, requiredAttribute(node, 'type')),
    min: occurrence(node, 'minOccurs', ['0', '1']) === '0' ? 0 : 1,
    max: occurrence(node, 'maxOccurs', ['1', 'unbounded']) === '1' ? 1 : 'many',
    nillable: flag(node, 'nillable'),
    doc: documentation(node),
    node,
  };
}

function readSequence(node: XmlNode | undefined, uri: string): readonly SchemaField[] {
  if (node === undefined) return [];
  const fields = strictly(node, [], ['element']).map((child) => readField(child, uri));
  const names = new Set<string>();
  for (const field of fields) {
    if (names.has(field.name))
      refuse(field.node, `"${field.name}" is declared twice in one sequence`);
    names.add(field.name);
  }
  return fields;
}

function readComplexType(node: XmlNode, uri: string): SchemaComplexType {
  const content = atMostOne(strictly(node, ['name'], ['sequence', 'complexContent']));
  const head = {
    kind: 'complex',
    uri,
    local: requiredAttribute(node, 'name'),
    doc: documentation(node),
    node,
  } as const;
  if (content?.local !== 'complexContent')
    return { ...head, base: undefined, fields: readSequence(content, uri) };
  const extension = atMostOne(strictly(content, [], ['extension']));
  if (extension === undefined)
    return refuse(content, 'an empty <complexContent> is not understood');
  return {
    ...head,
    base: resolveQName(extension, requiredAttribute(extension, 'base')),
    fields: readSequence(atMostOne(strictly(extension, ['base'], ['sequence'])), uri),
  };
}

function readEnumeration(node: XmlNode, uri: string): SchemaEnumeration {
  const restriction = atMostOne(strictly(node, ['name'], ['restriction']));
  if (restriction === undefined)
    return refuse(node, 'a <simpleType> without <restriction> is not understood');
  const base = resolveQName(restriction, requiredAttribute(restriction, 'base'));
  if (base.uri !== XS || base.local !== 'string')
    refuse(restriction, 'only xs:string can be restricted');
  const members = strictly(restriction, ['base'], ['enumeration']);
  if (members.length === 0)
    refuse(restriction, 'a <restriction> without <enumeration> is not understood');
  for (const member of members) strictly(member, ['value'], []);
  return {
    kind: 'enumeration',
    uri,
    local: requiredAttribute(node, 'name'),
    values: members.map((member) => requiredAttribute(member, 'value')),
    doc: documentation(node),
    node,
  };
}

function readElement(node: XmlNode, uri: string): SchemaElement {
  const type = atMostOne(strictly(node, ['name'], ['complexType']));
  if (type === undefined)
    return refuse(node, 'a global <element> without a <complexType> of its own is not understood');
  const sequence = atMostOne(strictly(type, [], ['sequence']));
  return {
    uri,
    local: requiredAttribute(node, 'name'),
    fields: readSequence(sequence, uri),
    doc: documentation(node),
    node,
  };
}

/**
 * Reads one `xs:schema` node. Its imports are the caller's business. Throws a `Refusal` for anything that a
 * descriptor cannot say.
 */
export function readSchema(node: XmlNode): Schema {
  const uri = requiredAttribute(node, 'targetNamespace');
  const content = strictly(
    node,
    ['targetNamespace', 'elementFormDefault', 'attributeFormDefault', 'version'],
    ['import', 'complexType', 'simpleType', 'element'],
  );
  if (attribute(node, 'elementFormDefault') !== 'qualified') {
    refuse(node, 'only elementFormDefault="qualified" is understood');
  }
  const types: SchemaType[] = [];
  const elements: SchemaElement[] = [];
  for (const child of content) {
    if (child.local === 'complexType') types.push(readComplexType(child, uri));
    if (child.local === 'simpleType') types.push(readEnumeration(child, uri));
    if (child.local === 'element') elements.push(readElement(child, uri));
  }
  return { uri, types, elements };
}
