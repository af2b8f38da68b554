/**
 * The real thing beside the model: the provider in process over the simulated array, called by its door as
 * several hosts and a vCenter do. It can be closed and opened again, its clock moves only when told, and
 * the array can be made to fail at its next call.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobKind, Pace } from '../../simulator/pacing.ts';
import { ArrayError } from '../../src/array/errors.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import { type FaultName, VasaFault } from '../../src/model/faults.ts';
import type { HostId } from '../../src/model/ids.ts';
import type { DefaultProfile } from '../../src/model/policies.ts';
import type { Session } from '../../src/model/session.ts';
import { epochMs } from '../../src/model/units.ts';
import type { SessionContext } from '../../src/operations/context.ts';
import { inBandIdOnWire } from '../../src/operations/inventory/endpoints.ts';
import { operationTable } from '../../src/operations/table.ts';
import { toFault } from '../../src/operations/to-fault.ts';
import { createDispatcher, type Dispatcher } from '../../src/wire/dispatch.ts';
import type { Operations } from '../../src/wire/generated/vasa-2.0/operations.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';
import type { ProtocolEndpointInbandId } from '../../src/wire/generated/vasa-2.0/types.ts';
import { callOf, openSession, openTestProvider, type TestProvider } from '../support/provider.ts';
import type { ModelWorld } from './model.ts';
import type { ArmedFault, ModelPool, ModelProfile } from './state.ts';

export const HOSTS = ['host-1', 'host-2', 'host-3'] as const;
export const VCENTER = 'vcenter';
export const CALLERS = [...HOSTS, VCENTER] as const;
export type Caller = (typeof CALLERS)[number];

const BINDINGS_PER_HOST = 4;
const SNAPSHOTS_PER_VOLUME = 3;

/** Small, so that every limit is met often. */
const INVENTORY = {
  arrays: [
    {
      name: 'array-1',
      endpoints: { SCSI: 3, NFS: 2 },
      bindingsPerHost: BINDINGS_PER_HOST,
      snapshotsPerVolume: SNAPSHOTS_PER_VOLUME,
      pools: [{ name: 'shared', capacityMB: 14 }],
      luns: [{ name: 'classic', pool: 'shared', capacityMB: 9, usedMB: 2 }],
      containers: [
        { name: 'block', protocol: 'SCSI', pool: 'shared', quotaMB: 48, maxVolumeMB: 8 },
        { name: 'block-2', protocol: 'SCSI', pool: 'shared', quotaMB: 20, maxVolumeMB: 4 },
        { name: 'files', protocol: 'NFS', capacityMB: 40, maxVolumeMB: 16 },
      ],
    },
    {
      name: 'array-2',
      endpoints: { SCSI: 1 },
      bindingsPerHost: BINDINGS_PER_HOST,
      snapshotsPerVolume: SNAPSHOTS_PER_VOLUME,
      containers: [{ name: 'far', protocol: 'SCSI', capacityMB: 20, maxVolumeMB: 8 }],
    },
  ],
} as const;

const PEER = {
  connectionId: 'connection-1',
  remoteAddress: '192.0.2.1',
  certificate: undefined,
  resumed: false,
};

const SILENT = {
  finished: () => undefined,
  flush: () => undefined,
  wantsBodies: () => false,
  bodies: () => undefined,
  connectionFailed: () => undefined,
  shedding: () => undefined,
};

/** What a call came to. */
export type Answer<Response> =
  | { readonly response: Response; readonly fault?: undefined }
  | { readonly response?: undefined; readonly fault: FaultName };

export class Real {
  readonly directory: string;
  readonly clock: MovableClock;
  readonly paces = new Map<JobKind, Pace>();
  armed: ArmedFault | undefined;
  /** How many events each client has read. */
  readonly eventsRead = new Map<string, number>();
  /** The id of the first event: where a numbering begins is the provider's affair. */
  firstEventId: bigint | undefined;
  /** The array's next take of snapshots ends only after the time allowed. */
  isTakeLate = false;
  /** The last job that the provider has started. */
  lastJobId: string | undefined;
  test!: TestProvider;
  #dispatcher!: Dispatcher<Operations>;

  static async open(): Promise<Real> {
    const directory = await mkdtemp(join(tmpdir(), 'keelson-model-'));
    const real = new Real(directory);
    await real.#open();
    return real;
  }

  constructor(directory: string) {
    this.directory = directory;
    this.clock = movableClock({ now: () => epochMs(1_750_000_000_000) });
  }

  /** The array below the faults. */
  get array(): StorageArrayPort {
    return this.test.simulator.port;
  }

  get simulator(): TestProvider['simulator'] {
    return this.test.simulator;
  }

  /** Calls an operation as a client does. */
  async call<Name extends keyof Operations & string>(
    who: Caller,
    operation: Name,
    request: Operations[Name]['request'],
  ): Promise<Answer<Operations[Name]['response']>> {
    try {
      const caller = { peer: PEER, sessionId: who };
      return { response: await this.#dispatcher.call(operation, request, caller) };
    } catch (error) {
      if (error instanceof VasaFault) return { fault: error.fault };
      throw error;
    }
  }

  /** Ends the process, as it were, in order, and begins another. */
  async reopen(): Promise<void> {
    await this.test.close();
    await this.#open();
  }

  async dispose(): Promise<void> {
    await this.test.close();
    await rm(this.directory, { recursive: true });
  }

  /** The wire's form of each endpoint's in-band id. */
  async endpoints(): Promise<ReadonlyMap<string, ProtocolEndpointInbandId>> {
    const all = await this.array.endpoints();
    return new Map(all.map((each) => [each.endpointId, inBandIdOnWire(each.inBandId)]));
  }

  /** The same world for the model. */
  async world(): Promise<ModelWorld> {
    const plans = INVENTORY.arrays.flatMap(({ containers }) => containers.map((each) => each));
    const containers = await this.array.containers();
    const endpoints = await this.array.endpoints();
    const luns = await this.array.luns();
    const defaults = await this.array.defaultProfiles();
    const pools = new Map(
      (await this.array.pools()).map(({ poolId, capacity }): [string, ModelPool] => {
        const own = luns.filter((lun) => lun.poolId === poolId);
        const classic = own.reduce((sum, lun) => sum + Number(lun.used), 0);
        return [poolId, { capacity: Number(capacity), classic }];
      }),
    );
    return {
      containers: await Promise.all(
        containers.map(async ({ containerId, name, arrayId, protocol, poolId }) => {
          const { logicalLimit } = await this.array.containerSpace(containerId);
          const plan = plans.find((each) => each.name === name);
          const pool = pools.get(poolId);
          if (plan === undefined || pool === undefined) throw new Error(`no plan of ${name}`);
          const { maxVolumeMB } = plan;
          const limit = Number(logicalLimit);
          return {
            id: containerId,
            name,
            arrayId,
            protocol,
            maxVolumeMB,
            pool,
            logicalLimit: limit,
            defaults: defaultsOf(defaults, containerId),
          };
        }),
      ),
      endpoints: endpoints.map(({ endpointId, arrayId, inBandId }) => ({
        id: endpointId,
        arrayId,
        protocol: inBandId.protocol,
        online: true,
      })),
      bindingsPerHost: BINDINGS_PER_HOST,
      snapshotsPerVolume: SNAPSHOTS_PER_VOLUME,
      now: this.clock.now(),
    };
  }

  async #open(): Promise<void> {
    this.test = await openTestProvider({
      directory: this.directory,
      clock: this.clock,
      array: { inventory: INVENTORY, seed: 'model', pacing: Object.fromEntries(this.paces) },
      wrap: (array) => this.#faulty(array),
    });
    const { provider } = this.test;
    const sessions = new Map<string | undefined, Session>(
      CALLERS.map((who) => {
        const isHost = who !== VCENTER;
        // Ids of hosts are free text; nothing but the brand is missing.
        const hostId = isHost ? (who as string as HostId) : undefined;
        return [who, openSession(provider, { hostId, vcenterId: isHost ? undefined : who })];
      }),
    );
    this.#dispatcher = createDispatcher<SessionContext, Operations>({
      service,
      operations: operationTable,
      guard: async (_, call) => {
        const session = sessions.get(call.sessionId);
        if (session === undefined) throw new VasaFault('InvalidSession', 'no session');
        return { ...callOf(provider, session, call.operation), call };
      },
      toFault,
      signature: 'model',
      log: SILENT,
      clock: this.clock,
    });
  }

  /** The array, failing as it is told to. */
  #faulty(array: StorageArrayPort): StorageArrayPort {
    return new Proxy(array, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) =>
          this.#run(String(name), args, () => value.apply(target, args));
      },
    });
  }

  #run(name: string, args: readonly unknown[], work: () => unknown): unknown {
    const fault = this.armed?.method === name ? this.armed : undefined;
    if (fault !== undefined) this.armed = undefined;
    const [first] = args;
    const isStart = typeof first === 'object' && first !== null && 'jobId' in first;
    const note = () => {
      if (isStart) this.lastJobId = String(first.jobId);
    };
    const fail = () => {
      throw new ArrayError(fault?.kind ?? 'failed', 'the test has the array fail');
    };
    if (fault?.when === 'before')
      return Promise.reject(new ArrayError(fault.kind, 'the test has the array fail'));
    const result = work();
    if (name === 'takeSnapshots' && this.isTakeLate) {
      this.isTakeLate = false;
      this.clock.moveBy(Number(args[1]) + 1);
    }
    if (!(result instanceof Promise)) return result;
    const noted = result.then((answer: unknown) => {
      note();
      return answer;
    });
    return fault === undefined ? noted : noted.then(fail);
  }
}

/** By volume type; of what they ask, thin or thick is all that the model looks at. */
function defaultsOf(all: readonly DefaultProfile[], containerId: string) {
  const own = all.filter((each) => each.containerId === containerId);
  return new Map(
    own.flatMap(({ profileId, generationId, volumeTypes, values }) => {
      const asked = values.find((each) => each.propertyId === 'spaceEfficiency')?.value;
      const isThin = asked?.kind === 'single' && asked.value === 'Thin';
      const thin = asked === undefined ? 'nothing' : isThin ? 'thin' : 'thick';
      const profile: ModelProfile = { id: profileId, generation: generationId, thin };
      return volumeTypes.map((type) => [type, profile] as const);
    }),
  );
}
