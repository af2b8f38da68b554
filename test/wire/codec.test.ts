/**
 * The codec as a whole: what is written is read back the same, for every message of both services, and
 * libxml2 finds it valid. Values come from the descriptions.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileCodec } from '../../src/wire/codec.ts';
import { service as vasa1 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as vasa2 } from '../../src/wire/generated/vasa-2.0/service.ts';
import { arbitraryElement } from '../support/wire/values.ts';
import { compileSchemas } from '../support/wire/xsd.ts';
import { service as lending } from '../wsdl/fixtures/lending-3.1/generated/service.ts';

const SERVICES = [
  { folder: 'vasa-2.0', service: vasa2 },
  { folder: 'vasa-1.0', service: vasa1 },
];

describe.each(SERVICES)('the messages of $folder', ({ folder, service }) => {
  const codec = compileCodec(service);
  const schemas = compileSchemas(folder);
  afterAll(() => schemas.dispose());

  test.each(Object.keys(service.elements))('%s survives writing and reading', (key) => {
    fc.assert(
      fc.property(arbitraryElement(service, key), (value) => {
        expect(codec.decode(key, codec.encode(key, value))).toEqual(value);
      }),
      { numRuns: 25 },
    );
  });

  test.each(Object.keys(service.elements))('%s as written fits its schema', (key) => {
    fc.assert(
      fc.property(arbitraryElement(service, key), (value) => {
        schemas.validate(codec.encode(key, value));
      }),
      { numRuns: 5 },
    );
  });
});

describe('a made-up service of other namespaces', () => {
  const codec = compileCodec(lending);

  test.each(Object.keys(lending.elements))('%s survives writing and reading', (key) => {
    fc.assert(
      fc.property(arbitraryElement(lending, key), (value) => {
        expect(codec.decode(key, codec.encode(key, value))).toEqual(value);
      }),
    );
  });

  test('a description that names a type nobody describes is refused at once', () => {
    const broken = { ...lending, types: {} };
    expect(() => compileCodec(broken)).toThrow('no type');
  });
});
