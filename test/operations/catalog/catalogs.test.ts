import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../../src/model/faults.ts';
import type { CapabilitySchema } from '../../../src/model/policies.ts';
import { alarmMessages } from '../../../src/operations/catalog/alarm-messages.ts';
import { queryCatalog } from '../../../src/operations/catalog/catalogs.ts';
import { eventMessages } from '../../../src/operations/catalog/event-messages.ts';
import { faultMessages, storageFault } from '../../../src/operations/catalog/fault-messages.ts';
import { MessageCatalogs } from '../../../src/operations/catalog/message-catalogs.ts';
import { LOCALES, placesOf, render } from '../../../src/operations/catalog/text.ts';
import { wireSchema } from '../../../src/operations/policies/metadata.ts';
import { queryCapabilityMetadata } from '../../../src/operations/policies/queries.ts';
import { toTaggedJson } from '../../../src/operations/tagged-json.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { onTheWire } from '../support.ts';

const SCHEMA: CapabilitySchema = {
  schemaId: 'schema-1',
  namespace: 'com.example.array',
  namespaceVersion: '1',
  vendor: { uuid: 'u', text: { label: 'Example', summary: 'Says "hello"\nin two lines' } },
  categories: [
    {
      id: 'storage',
      capabilities: [
        {
          id: 'tier',
          text: {
            label: 'Tier',
            summary: 'How fast',
            translations: { de: { label: 'Stufe', summary: 'Wie schnell' } },
          },
          properties: [],
          mandatory: false,
          hint: false,
          allowMultipleConstraints: false,
          keyId: undefined,
        },
      ],
    },
  ],
};
const RELEASE = {
  signature: 'Keelson 1.2.3',
  version: '1.2.3',
  releasedAtMs: 86_400_000,
  schemas: [SCHEMA],
  openedAtMs: 172_800_000,
};
const NAMES = ['Alarm', 'Event', 'Fault', 'Policy'];

/** The messages of a file, read as a client reads it. */
function parse(body: string): ReadonlyMap<string, string> {
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, id = '', text = ''] = /^(\S+) = "([^"]*)"$/.exec(line) ?? [];
      return [id, text] as const;
    }),
  );
}

describe('the message catalogs', () => {
  const catalogs = new MessageCatalogs(RELEASE);
  const { files } = catalogs;
  const rows = catalogs.rows();
  const messages = (name: string, locale = 'en') =>
    parse(files.get(`/vasa/catalog/${locale}/${name}.vmsg`)?.body ?? '');
  const tables = { alarm: alarmMessages(), event: eventMessages(), fault: faultMessages() };

  it('are four in each language, each a file at the path of its row, as old as the release', () => {
    const named = rows.map(({ locale, catalogName }) => [locale, catalogName]);
    expect(named).toEqual(LOCALES.flatMap((locale) => NAMES.map((name) => [locale, name])));
    for (const row of rows) {
      // The array may have been changed since the release, and its texts with it.
      const lastModified = row.catalogName === 'Policy' ? 172_800_000 : 86_400_000;
      expect(row).toMatchObject({ lastModified });
      expect(files.get(row.uri)?.lastModified).toBe(lastModified);
      expect(files.get(row.uri)?.body).toContain('Keelson 1.2.3');
    }
    expect(files.size).toBe(rows.length);
  });

  it.each(LOCALES)('hold every message in the form that clients read (%s)', (locale) => {
    for (const [name, table] of Object.entries(tables)) {
      const texts = Object.entries(table).map(([id, each]) => [id, each[locale]] as const);
      expect(messages(name, locale)).toEqual(new Map(texts));
    }
  });

  it('have a text for every fault of the protocol', () => {
    for (const name of Object.keys(FAULTS))
      expect(messages('fault').get(`Keelson.Fault.${name}`)).toMatch(/^\S.*\.$/);
  });

  it('hold no text that would break its line or its quotes, and none twice in two languages', () => {
    for (const [id, { en, de }] of Object.values(tables).flatMap(Object.entries)) {
      expect(id).toMatch(/^Keelson\.(Alarm|Event|Fault)\.[A-Za-z.]+$/);
      expect(en + de).not.toMatch(/["\n\\]/);
      if (en !== '{reason}') expect(de).not.toBe(en);
    }
  });

  it('hold the array’s texts about policies, in its own language where it has no other', () => {
    const [en, de] = [messages('policy'), messages('policy', 'de')];
    const tier = [...en].find(([, text]) => text === 'Tier')?.[0] ?? '';
    expect(tier).toMatch(/^com\.example\.array.*tier\.label$/);
    expect(de.get(tier)).toBe('Stufe');
    const vendor = [...en].find(([, text]) => text === "Says 'hello' in two lines")?.[0] ?? '';
    expect(de.get(vendor)).toBe(en.get(vendor));
    expect([...de.keys()]).toEqual([...en.keys()]);
  });

  it('have the same places in every language', () => {
    for (const { en, de } of Object.values(tables).flatMap(Object.values))
      expect(placesOf(de).toSorted()).toEqual(placesOf(en).toSorted());
  });
});

describe('a text that queryCapabilityMetadata points to', () => {
  it('is in the Policy catalog of every language', async () => {
    const test = await openTestProvider();
    const schemas = await test.array.capabilitySchemas();
    await test.close();
    expect(schemas.length).toBeGreaterThan(0);
    const { files } = new MessageCatalogs({ ...RELEASE, schemas });
    const described = toTaggedJson(schemas.map(wireSchema));
    const prefixes = [...described.matchAll(/"messageCatalogKeyPrefix":"([^"]+)"/g)];
    expect(prefixes.length).toBeGreaterThan(10);
    for (const locale of LOCALES) {
      const texts = parse(files.get(`/vasa/catalog/${locale}/policy.vmsg`)?.body ?? '');
      for (const [, prefix = ''] of prefixes)
        for (const part of ['label', 'summary']) expect(texts.has(`${prefix}.${part}`)).toBe(true);
    }
    const translated = toTaggedJson(schemas).split('"translations":{"de":').length - 1;
    expect(translated, 'the simulated array speaks both').toBe(prefixes.length);
  });
});

describe('a message', () => {
  it('is rendered from its parameters, and keeps a place that has none', () => {
    expect(render('{a} and {b}', { a: '1' })).toBe('1 and {b}');
  });

  it('of a StorageFault is rendered for us as vCenter renders it', () => {
    const fault = storageFault('EndpointUnknown', { endpoint: '"naa.6"' });
    expect(fault.message).toBe('The array has no protocol endpoint "naa.6".');
    expect(fault.data).toEqual({
      faultMessageId: 'Keelson.Fault.EndpointUnknown',
      parameterList: [{ parameterName: 'endpoint', parameterValue: '"naa.6"' }],
    });
  });
});

describe('queryCatalog', () => {
  let test: TestProvider;
  beforeAll(async () => {
    test = await openTestProvider();
  });
  afterAll(() => test.close());
  const ask = async (apiVersion: '1.0' | '2.0') => {
    const call = callOf(test.provider, openSession(test.provider), 'queryCatalog', apiVersion);
    return onTheWire(apiVersion, 'queryCatalog', await queryCatalog(call)).return;
  };

  it('says where each catalog is', async () => {
    const catalogs = await ask('2.0');
    expect(catalogs.map((each) => each.catalogName)).toEqual(LOCALES.flatMap(() => NAMES));
    expect(catalogs[1]).toEqual({
      catalogName: 'Event',
      catalogUri: '/vasa/catalog/en/event.vmsg',
      catalogVersion: '0',
      lastModified: 0,
      locale: 'en',
      moduleName: 'Keelson',
    });
  });

  it('does not tell a 1.0 client of the Policy catalog, which 1.0 has not', async () => {
    const names = (await ask('1.0')).map((each) => each.catalogName);
    expect(names).toEqual(LOCALES.flatMap(() => ['Alarm', 'Event', 'Fault']));
  });
});

describe('the Policy catalog of an array that is changed while the provider runs', () => {
  let test: TestProvider;
  let declared: () => Promise<readonly CapabilitySchema[]>;
  beforeAll(async () => {
    const capabilitySchemas = () => declared();
    test = await openTestProvider({ wrap: (array) => overriding(array, { capabilitySchemas }) });
  });
  afterAll(() => test.close());
  const call = (operation: string) => callOf(test.provider, openSession(test.provider), operation);
  const policy = () => test.provider.catalogs.files.get('/vasa/catalog/en/policy.vmsg');
  const listed = async () =>
    (await queryCatalog(call('queryCatalog'))).return.find(
      ({ catalogName, locale }) => catalogName === 'Policy' && locale === 'en',
    )?.lastModified;
  const named = (label: string): CapabilitySchema => ({
    ...SCHEMA,
    vendor: { uuid: 'u', text: { label, summary: label } },
  });

  it('has the texts as soon as queryCapabilityMetadata points to them', async () => {
    declared = async () => [named('First')];
    await queryCapabilityMetadata(call('queryCapabilityMetadata'), { schemaId: [] });
    expect(policy()?.body).toContain('com.example.array.vendor.u.label = "First"');
  });

  it('is as old as the last change of its texts, as queryCatalog says', async () => {
    declared = async () => [named('Second')];
    const first = await listed();
    expect(first).toBeGreaterThan(0);
    test.clock.moveBy(60_000);
    expect(await listed()).toBe(first);
    declared = async () => [named('Third')];
    expect(await listed()).toBeGreaterThanOrEqual((first ?? 0) + 60_000);
    expect(policy()).toMatchObject({ lastModified: await listed() });
    expect(policy()?.body).toContain('"Third"');
  });

  it('stays as it is while the array does not answer', async () => {
    const before = policy();
    declared = () => Promise.reject(new Error('away'));
    expect(await listed()).toBe(before?.lastModified);
    expect(policy()).toBe(before);
  });
});
