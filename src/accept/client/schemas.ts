/**
 * Every answer is checked against the XML schemas by libxml2, which shares no code with the reader: the
 * schemas are those of `wsdl/`, beside a small one for each SOAP envelope.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

export interface SchemaCheck {
  /** What libxml2 finds wrong with the content of the answer's Body, or of its fault's detail. */
  complaints(answer: string): readonly string[];
  /** Frees libxml2's memory, which is not the garbage collector's. */
  dispose(): void;
}

const PAYLOAD = '/*/*[local-name()="Body"]/*';
const DETAIL = './*[local-name()="detail" or local-name()="Detail"]/*';

/** Compiles the schemas in a folder. Dispose of it after use. */
export function compileSchemas(folder: string): SchemaCheck {
  xmlRegisterFsInputProviders();
  const files = readdirSync(folder).filter((name) => name.endsWith('.xsd'));
  const imports = files.map((name) => {
    using schema = XmlDocument.fromBuffer(readFileSync(join(folder, name)));
    const namespace = schema.root.attr('targetNamespace')?.value;
    return `<xs:import namespace="${namespace}" schemaLocation="${name}"/>`;
  });
  const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
  using schema = XmlDocument.fromString(driver, { url: join(folder, 'driver.xsd') });
  const validator = XsdValidator.fromDoc(schema);
  return {
    complaints: (answer) => complaintsOf(validator, answer),
    dispose: () => validator.dispose(),
  };
}

function complaintsOf(validator: XsdValidator, answer: string): readonly string[] {
  try {
    using document = XmlDocument.fromString(answer);
    const payload = document.get(PAYLOAD);
    if (!(payload instanceof XmlElement)) return [];
    const checked = payload.name === 'Fault' ? payload.get(DETAIL) : payload;
    if (checked instanceof XmlElement) validator.validate(checked);
    return [];
  } catch (error) {
    const words = error instanceof Error ? error.message.trim() : String(error);
    return [`the answer does not fit the schemas: ${words}`];
  }
}
