/**
 * Random sequences of calls, with reopenings between them, on the simulated array and on a plain model
 * (model.ts). After every step answers, volumes, metadata, bindings, space and feed must agree, and the
 * invariants hold: no binding without a volume, space adds up, the feed is consecutive.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openArray } from '../../simulator/index.ts';
import { ArrayError } from '../../src/array/errors.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type HostId, type VvolId, vvolIdFromUuid } from '../../src/model/ids.ts';
import { BINDINGS_PER_HOST, Model } from './model.ts';
import { create, firstContainer, MB, oneContainer } from './world.ts';

const IDS = Array.from({ length: 6 }, (_, n) =>
  vvolIdFromUuid(`00000000-0000-4000-8000-00000000000${n}`),
);
const HOSTS = ['host-1', 'host-2', 'host-3'] as HostId[];
const OPTIONS = oneContainer(
  { capacityMB: 100, overcommit: 2 },
  { endpoints: { SCSI: 2 }, bindingsPerHost: BINDINGS_PER_HOST },
);

interface Real {
  array: StorageArrayPort;
  reopen(): Promise<void>;
}

type Step = (model: Model, real: Real) => Promise<void>;

/** A step as fast-check runs and prints it. */
class Command implements fc.AsyncCommand<Model, Real> {
  readonly #text: string;
  readonly #step: Step;
  constructor(text: string, step: Step) {
    this.#text = text;
    this.#step = step;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    await this.#step(model, real);
    await agree(model, real.array);
  }
  toString(): string {
    return this.#text;
  }
}

async function kindOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (error instanceof ArrayError ? error.kind : String(error)),
  );
}

async function bindStep(
  model: Model,
  { array }: Real,
  { vvolId, hostId, rebind }: { vvolId: VvolId; hostId: HostId; rebind: boolean },
): Promise<void> {
  const expected = model.bind(vvolId, hostId, rebind);
  const candidates = (await array.endpoints()).map(({ endpointId }) => endpointId);
  const call = array.bind(vvolId, hostId, { candidates, rebind });
  if (expected === 'notFound' || expected === 'noSpace') {
    expect(await kindOf(call)).toBe(expected);
    return;
  }
  const { endpointId, secondaryId, state } = await call;
  if (expected !== 'new') {
    expect({ vvolId, hostId, endpointId, secondaryId, state }).toEqual(expected);
    return;
  }
  const held = model.bindingsOf(vvolId, hostId).map((one) => one.endpointId);
  expect(held).not.toContain(endpointId);
  model.bindings.push({ vvolId, hostId, endpointId, secondaryId, state });
}

async function unbindStep(
  model: Model,
  { array }: Real,
  {
    vvolId,
    hostId,
    state,
  }: { vvolId: VvolId; hostId: HostId; state: 'bound' | 'moving' | undefined },
): Promise<void> {
  const named = model.bindingsOf(vvolId, hostId).find((one) => one.state === state);
  if (state !== undefined && named === undefined) return;
  expect(await kindOf(array.unbind(vvolId, hostId, named))).toBe(
    model.unbind(vvolId, hostId, state),
  );
}

async function agree(model: Model, array: StorageArrayPort): Promise<void> {
  const volumes = await array.volumes(IDS);
  expect(volumes.map(({ vvolId }) => vvolId)).toEqual(IDS.filter((id) => model.volumes.has(id)));
  for (const { vvolId, size, thin, metadata } of volumes) {
    const pairs = [...(model.volumes.get(vvolId)?.metadata.values() ?? [])];
    expect({ size: size / MB, thin }).toMatchObject({
      size: model.volumes.get(vvolId)?.sizeMB,
      thin: model.volumes.get(vvolId)?.thin,
    });
    expect(new Map(metadata.map(({ key, value }) => [key, value]))).toEqual(new Map(pairs));
  }
  const bindings = await array.bindings({});
  expect(bindings.map(({ inBandId: _, boundAt: __, ...binding }) => binding)).toEqual(
    model.bindings,
  );
  const space = await array.containerSpace(await firstContainer(array));
  expect([space.logicalUsed / MB, space.physicalUsed / MB]).toEqual([
    model.promisedMB(),
    model.heldMB(),
  ]);
  expect(space.physicalUsed + space.physicalFree).toBe(space.physicalTotal);
  const { changes } = await array.changes(0n, 10_000);
  expect(changes.map(({ kind, entityId }) => `${kind} ${entityId}`)).toEqual(model.feed);
  expect(changes.map(({ sequence }) => sequence)).toEqual(changes.map((_, n) => BigInt(n) + 1n));
  await agreeOnFinding(model, array);
}

async function agreeOnFinding(model: Model, array: StorageArrayPort): Promise<void> {
  for (const value of [undefined, 'x', 'new']) {
    const constraints = [{ key: 'TAG', value }];
    const { items } = await array.findVolumes(constraints, { after: undefined, limit: 100 });
    const expected = IDS.filter((id) => {
      const pair = model.volumes.get(id)?.metadata.get('tag');
      return pair !== undefined && (value === undefined || pair[1] === value);
    });
    expect([...items].sort()).toEqual(expected);
  }
}

const vvolId = fc.constantFrom(...IDS);
const hostId = fc.constantFrom(...HOSTS);
const key = fc.constantFrom('tag', 'TAG', 'other');
const say = (name: string, args: object) => `${name}(${fc.stringify(args)})`;

const commands = fc.commands(
  [
    fc.record({ vvolId, sizeMB: fc.bigInt(1n, 70n), thin: fc.boolean() }).map((args) => {
      const step: Step = async (model, { array }) => {
        const { vvolId: id, sizeMB, thin } = args;
        const metadata = [{ key: 'Tag', value: 'new' }];
        const call = create(array, sizeMB, { vvolId: id, thin, metadata });
        expect(await kindOf(call)).toBe(model.create(id, sizeMB, thin));
      };
      return new Command(say('create', args), step);
    }),
    fc.record({ vvolId }).map((args) => {
      const step: Step = async (model, { array }) => {
        expect(await kindOf(array.deleteVolume(args.vvolId))).toBe(model.delete(args.vvolId));
      };
      return new Command(say('delete', args), step);
    }),
    fc.record({ vvolId, key, value: fc.constantFrom('x', 'y', '') }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = array.updateMetadata(args.vvolId, { set: [args], remove: [] });
        expect(await kindOf(call)).toBe(model.set(args.vvolId, args.key, args.value));
      };
      return new Command(say('set', args), step);
    }),
    fc.record({ vvolId, key }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = array.updateMetadata(args.vvolId, { set: [], remove: [args.key] });
        expect(await kindOf(call)).toBe(model.remove(args.vvolId, args.key));
      };
      return new Command(say('remove', args), step);
    }),
    fc
      .record({ vvolId, hostId, rebind: fc.boolean() })
      .map((args) => new Command(say('bind', args), (model, real) => bindStep(model, real, args))),
    fc
      .record({
        vvolId,
        hostId,
        state: fc.constantFrom('bound' as const, 'moving' as const, undefined),
      })
      .map(
        (args) => new Command(say('unbind', args), (model, real) => unbindStep(model, real, args)),
      ),
    fc.record({ vvolId }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = array.unbindFromAllHosts(args.vvolId);
        expect(await kindOf(call)).toBe(model.unbindFromAllHosts(args.vvolId));
      };
      return new Command(say('unbindFromAllHosts', args), step);
    }),
    fc.record({ hostId }).map((args) => {
      const step: Step = async (model, { array }) => {
        await array.unbindAllFromHost(args.hostId);
        model.unbindAllFromHost(args.hostId);
      };
      return new Command(say('unbindAllFromHost', args), step);
    }),
    fc.constant(new Command('reopen()', async (_, real) => real.reopen())),
  ],
  { maxCommands: 60, size: 'max' },
);

it('the array and the model agree after every step of any sequence', async () => {
  const property = fc.asyncProperty(commands, async (sequence) => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'simulator-random-'));
    const openAgain = () => openArray({ dataDirectory, clock: systemClock, options: OPTIONS });
    const real: Real = {
      array: await openAgain(),
      reopen: async () => {
        await real.array.close();
        real.array = await openAgain();
      },
    };
    try {
      await fc.asyncModelRun(() => ({ model: new Model(), real }), sequence);
    } finally {
      await real.array.close();
      rmSync(dataDirectory, { recursive: true });
    }
  });
  await fc.assert(property, {
    numRuns: Number(process.env['RANDOM_RUNS'] ?? 40),
    endOnFailure: false,
  });
}, 600_000);
