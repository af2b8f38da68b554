/**
 * The document that vCenter reads first: which API versions there are, and where. Its exact form is not
 * public, so it comes from a template, `wsdl/version.xml`, that an operator can replace by the setting
 * `versionXml`. Placeholders: `{{base}}` (`https://host:port`), `{{host}}`, `{{port}}`, `{{uid}}`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { ConfigError } from '../config/errors.ts';
import { packageRoot } from './places.ts';

export interface VersionXmlFacts {
  /** Name or address, as it stands in a URL. */
  readonly host: string;
  readonly port: number;
  readonly uid: string;
}

/** Where vCenter reads it: the URL to register. */
export function versionXmlUrl(host: string, port: number): string {
  return `https://${host}:${port}/vasa/version.xml`;
}

/** The template's text. Throws ConfigError when it cannot be read, or could not be served. */
export function readVersionXml(file: string | undefined): string {
  const path = file ?? join(packageRoot(), 'wsdl/version.xml');
  let template: string;
  try {
    template = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`versionXml: ${(error as Error).message}`);
  }
  check(path, fillVersionXml(template, { host: 'host', port: 1, uid: 'uid' }));
  return template;
}

/** The document. A placeholder that there is not stays as it is. */
export function fillVersionXml(template: string, { host, port, uid }: VersionXmlFacts): string {
  const values: Readonly<Record<string, string>> = {
    base: `https://${host}:${port}`,
    host,
    port: `${port}`,
    uid,
  };
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

function check(path: string, filled: string): void {
  const [placeholder] = /\{\{[^}]*\}\}/.exec(filled) ?? [];
  if (placeholder !== undefined)
    throw new ConfigError(`${path}: unknown placeholder ${placeholder}`);
  try {
    new SaxesParser({ xmlns: true }).write(filled).close();
  } catch (error) {
    throw new ConfigError(`${path}: not well-formed XML: ${(error as Error).message}`);
  }
}
