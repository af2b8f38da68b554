import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyMessages, wireSchema } from '../../../src/operations/policies/metadata.ts';
import { fromJson } from '../../support/wire/json.ts';
import { onTheWire } from '../support.ts';
import { anyLong, anyRange, anySet, anyString, NAMESPACE, SCHEMA } from './example.ts';

/** As it stands on the wire, to be reviewed there. */
const SAMPLE = new URL(
  '../../wire/samples/vasa-2.0/queryCapabilityMetadata__a-property-of-each-form/response.json',
  import.meta.url,
);

it('a declared schema goes out as its golden sample says', () => {
  expect({ return: [wireSchema(SCHEMA)] }).toEqual(fromJson(readFileSync(SAMPLE, 'utf8')));
});

describe('a declared schema', () => {
  const [schema] =
    onTheWire('2.0', 'queryCapabilityMetadata', {
      return: [wireSchema(SCHEMA)],
    })?.return ?? [];
  const capabilities = (schema?.capabilityMetadataPerCategory ?? []).flatMap(
    (each) => each.capabilityMetadata,
  );
  const property = (id: string) =>
    capabilities.flatMap((each) => each.propertyMetadata).find((each) => each.id === id);

  it('goes out with its namespace, vendor and categories', () => {
    expect(schema).toMatchObject({
      schemaId: 'example-schema',
      namespaceInfo: { namespace: NAMESPACE, version: '1.2' },
      vendorInfo: { vendorUuid: SCHEMA.vendor.uuid, info: { label: 'Example' } },
      capabilityMetadataPerCategory: [{ category: 'performance' }, { category: 'protection' }],
    });
  });

  it('says of each capability how it may be used', () => {
    const said = capabilities.map(({ capabilityId, hint, keyId, allowMultipleConstraints }) => [
      capabilityId,
      { hint, keyId, allowMultipleConstraints },
    ]);
    expect(said[1]).toEqual([
      { id: 'qos', namespace: NAMESPACE },
      { hint: false, keyId: undefined, allowMultipleConstraints: true },
    ]);
    expect(said[4]).toEqual([
      { id: 'label', namespace: NAMESPACE },
      { hint: true, keyId: 'label', allowMultipleConstraints: false },
    ]);
  });

  it('says of each property its type, what is allowed, and what it is by default', () => {
    expect(property('tier')).toMatchObject({
      type: { $type: 'GenericTypeInfo', typeName: 'XSD_STRING', genericTypeName: 'VMW_SET' },
      allowedValue: [anySet(...['Gold', 'Silver', 'Bronze'].map(anyString))],
      mandatory: true,
    });
    expect(property('iops')).toMatchObject({
      type: { $type: 'GenericTypeInfo', typeName: 'XSD_LONG', genericTypeName: 'VMW_RANGE' },
      allowedValue: [anyRange(anyLong(1n), anyLong(2n ** 60n + 1n))],
      defaultValue: anyRange(anyLong(1_000n), anyLong(1_000n)),
    });
    expect(property('encrypted')?.type).toEqual({ typeName: 'XSD_BOOLEAN' });
    expect(property('encrypted')?.allowedValue).toEqual([]);
    expect(property('every')?.type).toMatchObject({ typeName: 'VMW_TIMESPAN' });
  });

  it('has a text in the catalog for every prefix that it names, and none besides', () => {
    const texts = [schema?.vendorInfo.info, ...capabilities.map(({ summary }) => summary)].concat(
      capabilities.flatMap((each) => each.propertyMetadata.map(({ summary }) => summary)),
    );
    const expected = texts.flatMap((each): [string, string][] => [
      [`${each?.messageCatalogKeyPrefix}.label`, each?.label ?? ''],
      [`${each?.messageCatalogKeyPrefix}.summary`, each?.summary ?? ''],
    ]);
    const messages = policyMessages([SCHEMA]);
    expect(messages).toEqual(Object.fromEntries(expected));
    expect(Object.keys(messages)).toHaveLength(expected.length);
    expect(messages[`${NAMESPACE}.qos.iops.label`]).toBe('label of iops');
    expect(property('iops')?.summary.messageCatalogKeyPrefix).toBe(`${NAMESPACE}.qos.iops`);
  });
});
