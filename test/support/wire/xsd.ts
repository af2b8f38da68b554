/**
 * libxml2 as a second opinion on what our writer makes: validation against the schemas in `wsdl/`.
 * Its memory is not the garbage collector's, so each document is disposed of here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

export interface SchemaCheck {
  /** Throws libxml2's own words when `xml`, one element as a document, does not fit the schemas. */
  validate(xml: string): void;
  /** The same for what is in the Body of an envelope; an empty Body is valid. */
  validateBody(envelope: string): void;
  /** The same for what is in the detail of a fault; a fault without one is not valid. */
  validateDetail(envelope: string): void;
  dispose(): void;
}

const WSDL = new URL('../../../wsdl/', import.meta.url);

/** Compiles all schemas of a folder of `wsdl/`, e.g. `vasa-2.0`. Dispose of it after use. */
export function compileSchemas(folder: string): SchemaCheck {
  xmlRegisterFsInputProviders();
  const directory = fileURLToPath(new URL(`${folder}/`, WSDL));
  const files = readdirSync(directory).filter((name) => name.endsWith('.xsd'));
  const imports = files.map((name) => {
    using schema = XmlDocument.fromBuffer(readFileSync(join(directory, name)));
    const namespace = schema.root.attr('targetNamespace')?.value;
    return `<xs:import namespace="${namespace}" schemaLocation="${name}"/>`;
  });
  const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
  using schema = XmlDocument.fromString(driver, { url: `${directory}driver.xsd` });
  const validator = XsdValidator.fromDoc(schema);
  return {
    validate: (xml) => {
      using document = XmlDocument.fromString(xml);
      validator.validate(document);
    },
    validateBody: (envelope) => {
      using document = XmlDocument.fromString(envelope);
      const body = document.get('/*/*[local-name()="Body"]/*');
      if (body instanceof XmlElement) validator.validate(body);
    },
    validateDetail: (envelope) => {
      using document = XmlDocument.fromString(envelope);
      const detail = document.get(
        '/*/*[local-name()="Body"]/*/*[local-name()="detail" or local-name()="Detail"]/*',
      );
      if (!(detail instanceof XmlElement)) throw new Error(`a fault without detail: ${envelope}`);
      validator.validate(detail);
    },
    dispose: () => validator.dispose(),
  };
}
