import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/model/faults.ts';
import { eventMessages } from '../../src/operations/catalog/event-messages.ts';
import { faultMessages, storageFault } from '../../src/operations/catalog/fault-messages.ts';
import { render } from '../../src/operations/catalog/text.ts';
import { messageCatalogs, queryCatalog } from '../../src/operations/catalogs.ts';
import { callOf, openSession, openTestProvider, type TestProvider } from '../support/provider.ts';
import { onTheWire } from './support.ts';

const RELEASE = { signature: 'Keelson 1.2.3', version: '1.2.3', releasedAtMs: 86_400_000 };
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
  const { files, rows } = messageCatalogs(RELEASE);
  const messages = (name: string) => parse(files.get(`/vasa/catalog/en/${name}.vmsg`)?.body ?? '');

  it('are four, each a file at the path that its row names, as old as the release', () => {
    expect(rows.map((each) => each.catalogName)).toEqual(NAMES);
    for (const row of rows) {
      expect(row).toMatchObject({ locale: 'en', version: '1.2.3', lastModifiedMs: 86_400_000 });
      expect(files.get(row.uri)?.lastModifiedMs).toBe(86_400_000);
      expect(files.get(row.uri)?.body).toContain('Keelson 1.2.3');
    }
    expect(files.size).toBe(4);
  });

  it('hold every message in the form that clients read', () => {
    expect(messages('fault')).toEqual(new Map(Object.entries(faultMessages())));
    expect(messages('event')).toEqual(new Map(Object.entries(eventMessages())));
    expect(messages('alarm').size).toBe(0);
    expect(messages('policy').size).toBe(0);
  });

  it('have a text for every fault of the protocol', () => {
    for (const name of Object.keys(FAULTS))
      expect(messages('fault').get(`Keelson.Fault.${name}`)).toMatch(/^\S.*\.$/);
  });

  it('hold no text that would break its line or its quotes', () => {
    for (const [id, text] of Object.entries({ ...faultMessages(), ...eventMessages() })) {
      expect(id).toMatch(/^Keelson\.(Event|Fault)\.[A-Za-z.]+$/);
      expect(text).not.toMatch(/["\n\\]/);
    }
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
    expect(catalogs.map((each) => each.catalogName)).toEqual(NAMES);
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
    expect((await ask('1.0')).map((each) => each.catalogName)).toEqual(['Alarm', 'Event', 'Fault']);
  });
});
