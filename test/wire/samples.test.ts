/**
 * One sample per operation and API version, as it stands on the wire and as the handlers see it: the
 * writer must give `response.xml` byte for byte, the reader must give `request.json` and must not mind
 * the form of `request.xml`. libxml2 checks both against the schemas. JSON: test/support/wire/json.ts.
 *
 * `KEELSON_REWRITE=1` writes the generated ones anew (format them after it); the difference is for review.
 * Samples with another sentence than `every-field` are written by hand and never rewritten.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { compileCodec } from '../../src/wire/codec.ts';
import { compileMessageReader, writeEnvelope } from '../../src/wire/envelope.ts';
import { service as vasa1 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as vasa2 } from '../../src/wire/generated/vasa-2.0/service.ts';
import { fromJson, toJson } from '../support/wire/json.ts';
import { fixedElement } from '../support/wire/values.ts';
import { compileSchemas } from '../support/wire/xsd.ts';

const SAMPLES = fileURLToPath(new URL('samples/', import.meta.url));
const REWRITE = process.env['KEELSON_REWRITE'] === '1';
const GENERATED = 'every-field';

const SERVICES = [
  { folder: 'vasa-2.0', service: vasa2 },
  { folder: 'vasa-1.0', service: vasa1 },
];

describe.each(SERVICES)('samples of $folder', ({ folder, service }) => {
  const codec = compileCodec(service);
  const readMessage = compileMessageReader(codec);
  const schemas = compileSchemas(folder);
  afterAll(() => schemas.dispose());

  const encoded = (key: string | null, value: unknown): string =>
    writeEnvelope('1.1', key === null ? '' : codec.encode(key, value));

  const rewrite = (operation: string): void => {
    const { input, output } = service.operations[operation] ?? { input: null, output: null };
    const request = input === null ? {} : fixedElement(service, input);
    const response = output === null ? null : fixedElement(service, output);
    const directory = `${SAMPLES}${folder}/${operation}__${GENERATED}`;
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${directory}/request.json`, toJson(request));
    writeFileSync(`${directory}/request.xml`, encoded(input, request));
    writeFileSync(`${directory}/response.json`, toJson(response));
    writeFileSync(`${directory}/response.xml`, encoded(output, response));
  };
  if (REWRITE) Object.keys(service.operations).forEach(rewrite);

  const names = existsSync(SAMPLES + folder) ? readdirSync(SAMPLES + folder).sort() : [];

  test('there is one of every operation, and none of another', () => {
    const operations = names.map((name) => name.split('__')[0]);
    expect([...new Set(operations)].sort()).toEqual(Object.keys(service.operations).sort());
  });

  test.each(names)('%s', (name) => {
    const [operation = ''] = name.split('__');
    const { soapAction = '', output = null } = service.operations[operation] ?? {};
    const file = (part: string): string =>
      readFileSync(`${SAMPLES}${folder}/${name}/${part}`, 'utf8');
    const requestXml = file('request.xml');
    const message = readMessage('1.1', soapAction, Buffer.from(requestXml));
    expect(message).toEqual({
      operation,
      request: fromJson(file('request.json')),
      error: undefined,
    });
    schemas.validateBody(requestXml);
    const response = fromJson(file('response.json'));
    const responseXml = file('response.xml');
    expect(encoded(output, response)).toBe(responseXml);
    schemas.validateBody(responseXml);
  });
});
