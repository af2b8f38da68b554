/**
 * Judges what the gSOAP client received, byte for byte as it was on the wire: each answer is taken out of
 * its HTTP frame and checked by libxml2 against the schemas of the service and of the SOAP envelope.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const ENVELOPES = resolve(import.meta.dirname, '../envelopes');

/** Every HTTP answer in the recordings of `folder`. Answers must tell their length. */
export function recordedAnswers(folder: string): Buffer[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.http'))
    .flatMap((name) => answersIn(readFileSync(join(folder, name))));
}

function answersIn(bytes: Buffer): Buffer[] {
  const answers: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end < 0) throw new Error(`an HTTP answer without end of headers at byte ${at}`);
    const head = bytes.toString('latin1', at, end);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`);
    at = end + 4 + Number(length);
    answers.push(bytes.subarray(end + 4, at));
  }
  return answers;
}

/** Resolves when every answer is valid; rejects with libxml2's words. */
export async function checkAnswers(
  answers: readonly Buffer[],
  wsdlFolder: string,
  scratch: string,
): Promise<void> {
  const schema = join(scratch, 'all.xsd');
  writeFileSync(schema, allSchemas(wsdlFolder));
  const files = answers.map((answer, index) => {
    const file = join(scratch, `answer-${index}.xml`);
    writeFileSync(file, answer);
    return file;
  });
  await promisify(execFile)('xmllint', ['--noout', '--nonet', '--schema', schema, ...files]);
}

function allSchemas(wsdlFolder: string): string {
  const files = [...schemaFiles(wsdlFolder, /\.xsd$/), ...schemaFiles(ENVELOPES, /^soap-.*\.xsd$/)];
  const imports = files.map((file) => {
    const namespace = /targetNamespace="([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1];
    return `<xs:import namespace="${namespace}" schemaLocation="${pathToFileURL(file)}"/>`;
  });
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
}

function schemaFiles(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}
