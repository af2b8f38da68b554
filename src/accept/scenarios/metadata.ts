/** Metadata: kept as it was given, changed, and searched. */
import { randomUUID } from 'node:crypto';
import type { QueryConstraint } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { refused } from '../world/refusals.ts';
import { aHost, makeVolume, unknownVolume, type World } from '../world/world.ts';

async function found(host: VasaClient, ...searchConstraint: QueryConstraint[]) {
  const { return: ids } = await host.call('queryVirtualVolume', { searchConstraint });
  return [...ids].sort();
}

async function set(host: VasaClient, vvolId: string, pairs: Readonly<Record<string, string>>) {
  const keyValuePair = Object.entries(pairs).map(([parameterName, parameterValue]) => ({
    parameterName,
    parameterValue,
  }));
  await host.call('updateVirtualVolumeMetaData', { vvolId, keyValuePair });
}

/** The value of a key, whose case must be as it was given; undefined when the volume has no such key. */
async function valueUnder(host: VasaClient, vvolId: string, key: string) {
  const { return: infos } = await host.call('queryVirtualVolumeInfo', { vvolId: [vvolId] });
  return infos[0]?.metadata.find((each) => each.parameterName === key)?.parameterValue;
}

/** A key that nobody else uses. */
const ownKey = () => `Acceptance_${randomUUID()}`;

async function labelled(world: World, pairs: Readonly<Record<string, string>>): Promise<string> {
  const host = aHost(world);
  const vvolId = await makeVolume(world, host);
  await set(host, vvolId, pairs);
  return vvolId;
}

const UNSEARCHABLE = [
  'VMW_VvolAllocationType',
  'VMW_UnreferencedObj',
  'VMW_VvolDescriptor',
  'VMW_VvolProfile',
];

export const METADATA_SCENARIOS: readonly Scenario[] = [
  {
    id: 'metadata.kept-as-given',
    chapter: 'metadata',
    sentence: 'Values are kept letter by letter, whatever they hold',
    proves: 'Names of virtual machines in any language come back as they were.',
    source: { text: 'metadata is stored verbatim and returned', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const key = ownKey();
      const values = ['<&>"\'', '  spaces  ', 'ä 漢字 🙂', 'a\nb\tc', 'x'.repeat(2_000), ']]>'];
      const vvolId = await makeVolume(world, host);
      for (const value of values) {
        await set(host, vvolId, { [key]: value });
        expectSame(await valueUnder(host, vvolId, key), value, 'the value');
      }
    },
  },
  {
    id: 'metadata.found-by-key-and-value',
    chapter: 'metadata',
    sentence: 'A volume is found by a key alone, by a key and its value, and not by another value',
    proves: 'Hosts list the directories of a datastore.',
    source: { text: 'queryVirtualVolume: without a value the key must exist', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const key = ownKey();
      const one = await labelled(world, { [key]: 'one' });
      const two = await labelled(world, { [key]: 'two' });
      expectSame(await found(host, { key }), [one, two].sort(), 'by the key');
      expectSame(await found(host, { key, value: 'two' }), [two], 'by key and value');
      expectSame(await found(host, { key, value: 'three' }), [], 'by a value that none has');
    },
  },
  {
    id: 'metadata.all-constraints-hold',
    chapter: 'metadata',
    sentence: 'Of several constraints all must hold',
    proves: 'A search names container, type and virtual machine together.',
    source: { text: 'constraints are joined by AND', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const [key, other] = [ownKey(), ownKey()];
      const both = await labelled(world, { [key]: 'a', [other]: 'b' });
      await labelled(world, { [key]: 'a', [other]: 'c' });
      await labelled(world, { [key]: 'a' });
      const pair = [
        { key, value: 'a' },
        { key: other, value: 'b' },
      ];
      expectSame(await found(host, ...pair), [both], 'by both');
    },
  },
  {
    id: 'metadata.keys-ignore-case',
    chapter: 'metadata',
    sentence: 'Keys are compared without regard to case and kept in the case they were given',
    proves: 'VMW_VVol… and VMW_Vvol…, which are both in use, mean the same.',
    source: { text: 'keys are compared ignoring case', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const key = ownKey();
      const vvolId = await labelled(world, { [key]: 'value' });
      expectSame(await found(host, { key: key.toUpperCase() }), [vvolId], 'in capital letters');
      expectSame(await valueUnder(host, vvolId, key), 'value', 'the key as it was given');
    },
  },
  {
    id: 'metadata.changed-and-removed',
    chapter: 'metadata',
    sentence: 'An update adds and replaces keys, an empty value removes one, and the others stay',
    proves: 'A renamed virtual machine is found by its new name only.',
    source: { text: 'insert or replace; empty removes', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const [key, other] = [ownKey(), ownKey()];
      const vvolId = await labelled(world, { [key]: 'old', [other]: 'stays' });
      await set(host, vvolId, { [key]: 'new' });
      expectSame(await valueUnder(host, vvolId, key), 'new', 'after replacing');
      expectSame(await found(host, { key, value: 'old' }), [], 'found by the old value');
      await set(host, vvolId, { [key]: '' });
      expectSame(await valueUnder(host, vvolId, key), undefined, 'after removal');
      expectSame(await found(host, { key }), [], 'found by the removed key');
      expectSame(await valueUnder(host, vvolId, other), 'stays', 'the other key');
    },
  },
  {
    id: 'metadata.deleted-is-not-found',
    chapter: 'metadata',
    sentence: 'A deleted volume is found no longer',
    proves: 'A datastore browser shows no ghosts.',
    source: { text: 'name and id disappear at once', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const key = ownKey();
      const vvolId = await labelled(world, { [key]: 'here' });
      expectSame(await found(host, { key }), [vvolId], 'before');
      await host.call('deleteVirtualVolume', { vvolId });
      expectSame(await found(host, { key }), [], 'after');
    },
  },
  {
    id: 'metadata.bad-calls-are-refused',
    chapter: 'metadata',
    sentence:
      'An empty key, and keys that cannot be searched, are InvalidArgument; unknown volumes are NotFound',
    proves: 'A host’s mistake is told instead of being answered with everything.',
    source: {
      text: 'four of VMware’s keys are no search keys in a known provider',
      mark: 'seen once',
    },
    async run(world) {
      const host = aHost(world);
      for (const key of ['', ...UNSEARCHABLE]) {
        const request = { searchConstraint: [{ key, value: 'x' }] };
        await refused(host, 'queryVirtualVolume', request, 'InvalidArgument', `the key '${key}'`);
      }
      const keyValuePair = [{ parameterName: 'a', parameterValue: 'b' }];
      const gone = { vvolId: unknownVolume(), keyValuePair };
      await refused(host, 'updateVirtualVolumeMetaData', gone, 'NotFound', 'an unknown volume');
      const vvolId = await makeVolume(world, host);
      const blank = { vvolId, keyValuePair: [{ parameterName: '', parameterValue: 'b' }] };
      await refused(host, 'updateVirtualVolumeMetaData', blank, 'InvalidArgument', 'an empty key');
    },
  },
];
