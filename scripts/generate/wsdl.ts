/**
 * Reads a WSDL 1.1 definition: its port type's operations with the SOAP bindings' actions. Schemas are only
 * handed on as nodes. Accepts document/literal with one element a message and refuses the rest; bindings
 * that are not SOAP, and extensions that are not marked as required, are passed over.
 *
 * Source: WSDL 1.1 and its SOAP 1.2 binding.
 */

import {
  attribute,
  childrenNamed,
  clark,
  type QName,
  refuse,
  requiredAttribute,
  resolveQName,
  type XmlNode,
} from './tree.ts';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
const SOAP_BINDINGS: readonly string[] = [
  'http://schemas.xmlsoap.org/wsdl/soap/',
  'http://schemas.xmlsoap.org/wsdl/soap12/',
];

export interface WsdlOperation {
  readonly name: string;
  readonly soapAction: string;
  /** Element of the Body; null where the message has no part. */
  readonly input: QName | null;
  readonly output: QName | null;
  /** Detail elements. */
  readonly faults: readonly QName[];
  readonly doc: string;
  readonly node: XmlNode;
}

export interface Wsdl {
  readonly targetNamespace: string;
  readonly serviceName: string;
  readonly operations: readonly WsdlOperation[];
  /** Children of `wsdl:types`. */
  readonly schemas: readonly XmlNode[];
  readonly root: XmlNode;
}

function only(parent: XmlNode, local: string): XmlNode {
  const found = childrenNamed(parent, WSDL, local);
  const first = found[0] ?? refuse(parent, `<${parent.local}> has no <${local}>`);
  if (found[1] !== undefined) refuse(found[1], `a second <${local}> is not understood`);
  return first;
}

function refuseRequiredExtensions(node: XmlNode): void {
  const required = node.attributes.find((each) => each.uri === WSDL && each.local === 'required');
  if (node.uri !== WSDL && required !== undefined && ['true', '1'].includes(required.value)) {
    refuse(node, `<${node.local}> is a required extension that is not understood`);
  }
  for (const child of node.children) refuseRequiredExtensions(child);
}

function readMessages(root: XmlNode): ReadonlyMap<string, QName | null> {
  const messages = new Map<string, QName | null>();
  for (const message of childrenNamed(root, WSDL, 'message')) {
    const name = requiredAttribute(message, 'name');
    if (messages.has(name)) refuse(message, `message "${name}" is declared twice`);
    const parts = childrenNamed(message, WSDL, 'part');
    if (parts[1] !== undefined) refuse(parts[1], `message "${name}" has more than one part`);
    const part = parts[0];
    messages.set(
      name,
      part === undefined ? null : resolveQName(part, requiredAttribute(part, 'element')),
    );
  }
  return messages;
}

/** The action of each operation of one SOAP binding. */
function readBinding(binding: XmlNode, soap: XmlNode): ReadonlyMap<string, string> {
  const actions = new Map<string, string>();
  for (const operation of childrenNamed(binding, WSDL, 'operation')) {
    const detail = childrenNamed(operation, soap.uri, 'operation')[0];
    if (detail === undefined) return refuse(operation, 'the operation has no SOAP action');
    const style = attribute(detail, 'style') ?? attribute(soap, 'style') ?? 'document';
    if (style !== 'document') refuse(detail, `style="${style}" is not understood`);
    refuseEncoded(operation, soap.uri);
    actions.set(requiredAttribute(operation, 'name'), requiredAttribute(detail, 'soapAction'));
  }
  return actions;
}

/** Inside a binding's operation: literal bodies and faults and nothing else of SOAP. */
function refuseEncoded(operation: XmlNode, soapUri: string): void {
  for (const message of operation.children.filter((child) => child.uri === WSDL)) {
    for (const part of message.children.filter((child) => child.uri === soapUri)) {
      if (part.local !== 'body' && part.local !== 'fault')
        refuse(part, `<${part.local}> is not understood`);
      if (attribute(part, 'use') !== 'literal') refuse(part, 'only use="literal" is understood');
      if (attribute(part, 'parts') !== undefined)
        refuse(part, 'attribute "parts" is not understood');
    }
  }
}

/** Actions by operation, agreed on by all SOAP bindings of the port type. */
function readActions(root: XmlNode, portType: XmlNode): ReadonlyMap<string, string> {
  let agreed: ReadonlyMap<string, string> | undefined;
  for (const binding of childrenNamed(root, WSDL, 'binding')) {
    const type = resolveQName(binding, requiredAttribute(binding, 'type')).local;
    const soap = binding.children.find(
      (child) => child.local === 'binding' && SOAP_BINDINGS.includes(child.uri),
    );
    if (soap === undefined || type !== attribute(portType, 'name')) continue;
    const actions = readBinding(binding, soap);
    for (const [operation, action] of agreed ?? []) {
      if (actions.get(operation) !== action)
        refuse(binding, `the bindings disagree about "${operation}"`);
    }
    agreed = actions;
  }
  return agreed ?? refuse(root, 'there is no SOAP binding');
}

function readOperation(
  node: XmlNode,
  messages: ReadonlyMap<string, QName | null>,
  actions: ReadonlyMap<string, string>,
): WsdlOperation {
  const name = requiredAttribute(node, 'name');
  const element = (child: XmlNode): QName | null => {
    const message = resolveQName(child, requiredAttribute(child, 'message')).local;
    const found = messages.get(message);
    return found === undefined ? refuse(child, `message "${message}" is not declared`) : found;
  };
  return {
    name,
    soapAction: actions.get(name) ?? refuse(node, `no SOAP binding has operation "${name}"`),
    input: element(only(node, 'input')),
    output: element(only(node, 'output')),
    faults: childrenNamed(node, WSDL, 'fault').map(
      (fault) => element(fault) ?? refuse(fault, 'the message of a fault has no part'),
    ),
    doc: childrenNamed(node, WSDL, 'documentation')
      .map((each) => each.text.replace(/\s+/g, ' ').trim())
      .join(' '),
    node,
  };
}

/** Empty Bodies can share an operation only when the actions tell them apart. */
function refuseAmbiguity(operations: readonly WsdlOperation[]): void {
  const seen = new Set<string>();
  for (const { name, soapAction, input, node } of operations) {
    for (const key of [
      `operation ${name}`,
      `action ${soapAction}`,
      `element ${input && clark(input)}`,
    ]) {
      if (seen.has(key) && !(key.startsWith('element') && input === null))
        refuse(node, `${key} is used twice`);
      seen.add(key);
    }
  }
}

/** Reads the root of a WSDL. Throws a `Refusal` for anything that a descriptor cannot say. */
export function readWsdl(root: XmlNode): Wsdl {
  if (root.uri !== WSDL || root.local !== 'definitions')
    refuse(root, 'this is not a WSDL 1.1 definition');
  const imported = childrenNamed(root, WSDL, 'import')[0];
  if (imported !== undefined) refuse(imported, 'a WSDL that imports another one is not understood');
  refuseRequiredExtensions(root);
  const portType = only(root, 'portType');
  const messages = readMessages(root);
  const actions = readActions(root, portType);
  const operations = childrenNamed(portType, WSDL, 'operation').map((node) =>
    readOperation(node, messages, actions),
  );
  refuseAmbiguity(operations);
  return {
    targetNamespace: requiredAttribute(root, 'targetNamespace'),
    serviceName: requiredAttribute(only(root, 'service'), 'name'),
    operations,
    schemas: only(root, 'types').children.filter((child) => child.local !== 'documentation'),
    root,
  };
}
