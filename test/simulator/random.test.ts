/**
 * Random sequences of calls and writes, with reopenings between them, on the simulated array and on a
 * plain model (model.ts). After every step answers, volumes, metadata, bindings, space, bitmaps and feed
 * must agree, and the invariants hold: the array's own check finds nothing, the feed is consecutive. At
 * every reopening all bytes of all volumes are compared.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import { ArrayError } from '../../src/array/errors.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type HostId, type VvolId, vvolIdFromUuid } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';
import { BINDINGS_PER_HOST, CHUNK, Model, SNAPSHOTS_PER_VOLUME } from './model.ts';
import { copy, create, done, firstContainer, MB, newJob, oneContainer, snapshot } from './world.ts';

const IDS = Array.from({ length: 6 }, (_, n) =>
  vvolIdFromUuid(`00000000-0000-4000-8000-00000000000${n}`),
);
const HOSTS = ['host-1', 'host-2', 'host-3'] as HostId[];
const OPTIONS = oneContainer(
  { capacityMB: 100, overcommit: 3 },
  {
    endpoints: { SCSI: 2 },
    bindingsPerHost: BINDINGS_PER_HOST,
    snapshotsPerVolume: SNAPSHOTS_PER_VOLUME,
  },
);
/** Whoever reads everything; has no binding but for the moment. */
const READER = 'reader' as HostId;

interface Real {
  array: StorageArrayPort;
  simulator: ServedSimulator;
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
    expect(real.simulator.check()).toEqual([]);
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
  { array }: Pick<Real, 'array'>,
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
  expect([space.logicalUsed / MB, space.physicalUsed]).toEqual([
    model.promisedMB(),
    model.heldBytes(),
  ]);
  expect(space.physicalUsed + space.physicalFree).toBe(space.physicalTotal);
  const { changes } = await array.changes(0n, 10_000);
  expect(changes.map(({ kind, entityId }) => `${kind} ${entityId}`)).toEqual(model.feed);
  expect(changes.map(({ sequence }) => sequence)).toEqual(changes.map((_, n) => BigInt(n) + 1n));
  await agreeOnFinding(model, array);
  await agreeOnContent(model, array);
}

/** Space of each volume, what is allocated in it, and where it differs from each other one. */
async function agreeOnContent(model: Model, array: StorageArrayPort): Promise<void> {
  for (const volume of model.volumes.values()) {
    const { vvolId, sizeMB, kind, parent, readOnly } = volume;
    const [found] = await array.volumes([vvolId]);
    const of = parent?.vvolId;
    const origin = kind === 'snapshot' ? { kind, of, readOnly } : { kind, of };
    expect(found?.origin).toEqual(kind === 'created' ? { kind } : origin);
    expect(await array.volumeSpace([vvolId])).toEqual([
      {
        vvolId,
        logical: sizeMB * MB,
        committed: model.committedBytes(volume),
        unshared: model.unsharedBytes(volume),
      },
    ]);
    const range = { start: bytes(0n), length: bytes(sizeMB * MB), chunkSize: bytes(CHUNK) };
    const allocated = [...volume.chunks.keys()].sort((a, b) => a - b);
    expect(chunksIn(await array.allocatedChunks(vvolId, range))).toEqual(allocated);
    for (const other of model.volumes.values()) {
      const expected = model.differing(volume, other);
      const call = array.unsharedChunks(vvolId, other.vvolId, range);
      if (expected === undefined) expect(await kindOf(call)).toBe('incompatible');
      else expect(chunksIn(await call)).toEqual(expected);
    }
  }
}

function chunksIn(map: Uint8Array): number[] {
  return [...map].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => at * 8 + bit),
  );
}

/** Reads the first two and the last MB of every volume and compares each chunk. */
async function agreeOnBytes(model: Model, { array, simulator }: Real): Promise<void> {
  const candidates = (await array.endpoints()).map(({ endpointId }) => endpointId);
  for (const { vvolId, sizeMB, chunks } of model.volumes.values()) {
    await array.bind(vvolId, READER, { candidates, rebind: false });
    const place = { hostId: READER, vvolId };
    for (const start of new Set([0n, 1n % sizeMB, sizeMB - 1n])) {
      const read = await simulator.dataPath.read(place, Number(start * MB), Number(MB));
      const expected = Buffer.alloc(Number(MB));
      const first = Number((start * MB) / CHUNK);
      for (let at = 0; at < Number(MB / CHUNK); at += 1) {
        const value = chunks.get(first + at)?.value ?? 0;
        expected.fill(value, at * Number(CHUNK), (at + 1) * Number(CHUNK));
      }
      expect(read.equals(expected)).toBe(true);
    }
    await array.unbindAllFromHost(READER);
  }
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
const place = fc.constantFrom(0, 1, 15, 16, 40);
const key = fc.constantFrom('tag', 'TAG', 'other');
const say = (name: string, args: object) => `${name}(${fc.stringify(args)})`;

/** Writes come often, so that there is something to share. */
function copyCommands(): fc.Arbitrary<Command>[] {
  const write = fc
    .record({ vvolId, hostId, at: place, value: fc.constantFrom(undefined, 1, 2, 3) })
    .map((args) => {
      const { vvolId: id, hostId: host, at, value } = args;
      const step: Step = async (model, { array, simulator }) => {
        if (model.volumes.has(id)) await bindStep(model, { array }, { ...args, rebind: false });
        const where = { hostId: host, vvolId: id };
        const start = at * Number(CHUNK);
        const call =
          value === undefined
            ? simulator.dataPath.trim(where, start, Number(CHUNK))
            : simulator.dataPath.write(where, start, Buffer.alloc(Number(CHUNK), value));
        expect(await kindOf(call)).toBe(model.write(id, host, at, value));
      };
      return new Command(say('write', args), step);
    });
  return [
    write,
    write,
    write,
    fc.record({ of: vvolId, vvolId, readOnly: fc.boolean() }).map((args) => {
      const step: Step = async (model, { array }) => {
        const { of, vvolId: snapshotId, readOnly } = args;
        const call = snapshot(array, of, { snapshotId, readOnly });
        expect(await kindOf(call)).toBe(model.snapshot(of, snapshotId, readOnly));
      };
      return new Command(say('snapshot', args), step);
    }),
    fc.record({ of: vvolId, vvolId }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = copy(array, 'fastCloneVolume', args.of, args.vvolId);
        expect(await kindOf(call)).toBe(model.fastClone(args.of, args.vvolId));
      };
      return new Command(say('fastClone', args), step);
    }),
    fc.record({ of: vvolId, vvolId }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = copy(array, 'cloneVolume', args.of, args.vvolId);
        expect(await kindOf(call)).toBe(model.clone(args.of, args.vvolId));
      };
      return new Command(say('clone', args), step);
    }),
    fc.record({ vvolId, to: vvolId }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = done(array, array.revertVolume(newJob(), args.vvolId, args.to));
        expect(await kindOf(call)).toBe(model.revert(args.vvolId, args.to));
      };
      return new Command(say('revert', args), step);
    }),
    fc.record({ source: vvolId, base: vvolId, target: vvolId }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = done(array, array.copyDiffs(newJob(), args));
        const { source, base, target } = args;
        expect(await kindOf(call)).toBe(model.copyDiffs(source, base, target));
      };
      return new Command(say('copyDiffs', args), step);
    }),
  ];
}

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
    fc.record({ vvolId, sizeMB: fc.bigInt(1n, 70n) }).map((args) => {
      const step: Step = async (model, { array }) => {
        const call = done(
          array,
          array.resizeVolume(newJob(), args.vvolId, bytes(args.sizeMB * MB)),
        );
        expect(await kindOf(call)).toBe(model.resize(args.vvolId, args.sizeMB));
      };
      return new Command(say('resize', args), step);
    }),
    ...copyCommands(),
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
    fc.constant(
      new Command('reopen()', async (model, real) => {
        await real.reopen();
        await agreeOnBytes(model, real);
      }),
    ),
  ],
  { maxCommands: 80, size: 'max' },
);

it('the array and the model agree after every step of any sequence', async () => {
  const property = fc.asyncProperty(commands, async (sequence) => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'simulator-random-'));
    const openAgain = () => openSimulator({ dataDirectory, clock: systemClock, options: OPTIONS });
    const simulator = await openAgain();
    const real: Real = {
      simulator,
      array: simulator.port,
      reopen: async () => {
        await real.array.close();
        real.simulator = await openAgain();
        real.array = real.simulator.port;
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
