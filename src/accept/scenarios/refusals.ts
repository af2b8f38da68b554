/**
 * One scenario for each operation: the faults that it declares and a client can provoke by its request. What
 * is asked stands in tables (`refusals-of-*.ts`); this says how a table is tried.
 */
import type { Operations } from '../../wire/generated/vasa-2.0/operations.ts';
import type { VasaClient } from '../client/client.ts';
import { expectThat, skip, Unmet } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { endingOf } from '../world/refusals.ts';
import { aContainer, aHost, makeVolume, type World, willGo } from '../world/world.ts';
import { bound } from './binding.ts';
import { snapshotOf } from './snapshots.ts';

/** Things that a request may name, made when it asks for them. */
export interface Things {
  readonly world: World;
  readonly host: VasaClient;
  readonly containerId: string;
  volume(): Promise<string>;
  boundVolume(): Promise<string>;
  /** A volume and a snapshot of it. */
  snapshot(): Promise<{ readonly vvolId: string; readonly snapshotId: string }>;
}

type Request<Name extends keyof Operations> = Operations[Name]['request'];
type Make<Name extends keyof Operations> = (
  things: Things,
) => Request<Name> | undefined | Promise<Request<Name> | undefined>;

/** Legal faults, what is wrong with the request, and the request; undefined: it cannot be made here. */
export type Row<Name extends keyof Operations> = readonly [
  faults: string,
  why: string,
  make: Make<Name>,
];

export interface RefusalOptions {
  readonly by?: 'vCenter';
  readonly needs?: Scenario['needs'];
}

/** `createVirtualVolume` is `create-virtual-volume`. */
const kebab = (operation: string) => operation.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

function thingsOf(world: World): Things {
  const host = aHost(world);
  const { uniqueIdentifier: containerId = '' } = aContainer(world);
  const volume = () => makeVolume(world, host, { sizeInMB: 16n });
  return {
    ...{ world, host, containerId, volume },
    async boundVolume() {
      const vvolId = await volume();
      await bound(host, vvolId);
      return vvolId;
    },
    async snapshot() {
      const vvolId = await volume();
      return { vvolId, snapshotId: await snapshotOf(world, host, vvolId) };
    },
  };
}

/** The scenario of one operation. `any` is a request that is good enough to be refused for want of a session. */
export function refusalsOf<Name extends keyof Operations>(
  operation: Name,
  any: (things: Things) => Request<Name>,
  rows: readonly Row<Name>[] = [],
  { by, needs = [] }: RefusalOptions = {},
): Scenario {
  const faults = [...new Set(['InvalidSession', ...rows.map(([names]) => names)])];
  return {
    id: `refusals.${kebab(operation)}`,
    chapter: 'refusals',
    sentence: `${operation} refuses with the fault that it should: ${faults.join('; ')}`,
    proves: 'A client learns from a fault what to do next.',
    source: {
      text: 'the faults that the operation declares',
      mark: rows.length > 0 ? 'seen once' : 'seen',
    },
    needs,
    async run(world) {
      const things = thingsOf(world);
      const client = by === 'vCenter' ? world.vcenter : things.host;
      const wrong: string[] = [];
      let tried = 0;
      for (const [names, why, make] of rows) {
        const request = await make(things);
        if (request === undefined) continue;
        const onMade = (vvolId: string) => willGo(world, client, vvolId);
        const found = await endingOf(client, operation, request, onMade);
        if (found === 'NotImplemented' && !names.includes(found)) continue;
        tried += 1;
        if (!names.split(' or ').includes(found)) wrong.push(`${why}: ${names}, found ${found}`);
      }
      const own = client.session;
      client.session = undefined;
      const found = await endingOf(client, operation, any(things));
      client.session ??= own;
      expectThat(
        found === 'InvalidSession',
        `${operation} without a session: InvalidSession`,
        found,
      );
      if (wrong.length > 0) throw new Unmet(wrong.join('; '));
      if (rows.length > 0 && tried === 0) skip(`the provider does not implement ${operation}`);
    },
  };
}
