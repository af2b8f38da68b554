/**
 * A provider in process: the simulated array and the real store in a folder of their own, a clock that
 * tests move, and contexts as the guard would make them. Alarms look at the array when a test asks them to. No socket, certificate or XML; trust and
 * sessions are not there, and a handler that asks for them fails its test.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import type { HostId } from '../../src/model/ids.ts';
import type { Session, UsageContext } from '../../src/model/session.ts';
import { createTurns } from '../../src/model/turns.ts';
import { openProviderAlarms } from '../../src/operations/alarms/provider-alarms.ts';
import { MessageCatalogs } from '../../src/operations/catalog/message-catalogs.ts';
import type { ProtocolChoices, Provider, SessionContext } from '../../src/operations/context.ts';
import {
  createProviderEvents,
  type FeedBreak,
} from '../../src/operations/events/provider-events.ts';
import { type ProviderGroup, rememberActivations } from '../../src/operations/group/group.ts';
import type { AlarmRecord, ProviderStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { ExpiryNotice } from '../../src/trust/events.ts';
import type { Call, CallNotes } from '../../src/wire/call.ts';

/** Two arrays, so that a container or endpoint can belong to another one. */
const TWO_ARRAYS = {
  arrays: [
    {
      name: 'array-1',
      endpoints: { SCSI: 3, NFS: 2, NFS4x: 1 },
      containers: [
        { name: 'block', protocol: 'SCSI', capacityMB: 1_000_000, maxVolumeMB: 500_000 },
        { name: 'small', protocol: 'SCSI', capacityMB: 100, maxVolumeMB: 100_000, overcommit: 1 },
        { name: 'files', protocol: 'NFS', capacityMB: 1_000_000 },
        { name: 'files4', protocol: 'NFS4x', capacityMB: 1_000_000 },
      ],
    },
    {
      name: 'array-2',
      endpoints: { SCSI: 1 },
      containers: [{ name: 'other', protocol: 'SCSI', capacityMB: 1_000_000 }],
    },
  ],
} as const;

export interface TestProvider {
  readonly provider: Provider;
  readonly array: StorageArrayPort;
  /** The simulated array under `array`: its data path, paces and operator's calls. */
  readonly simulator: ServedSimulator;
  readonly store: ProviderStore;
  readonly clock: MovableClock;
  /** Errors that the numbering of events reported although nobody waited for them. */
  readonly errors: readonly unknown[];
  /** Every time the numbering of events had to be begun anew. */
  readonly breaks: readonly FeedBreak[];
  /** Every alarm that was raised, changed or ended. */
  readonly alarmChanges: readonly AlarmRecord[];
  close(): Promise<void>;
}

export interface TestProviderOptions {
  readonly group?: Partial<ProviderGroup>;
  /** `array.options` of the simulator. */
  readonly array?: Readonly<Record<string, unknown>>;
  /** Puts something between the provider and the simulator. */
  readonly wrap?: (array: StorageArrayPort) => StorageArrayPort;
  readonly eventsKept?: number;
  readonly alarmsKept?: number;
  readonly complianceAlarms?: number;
  /** Certificates near their end, as alarms are told. */
  readonly expiries?: () => readonly ExpiryNotice[];
  readonly choices?: Partial<ProtocolChoices>;
  /** A folder to use again, kept on close; without one, a new folder that goes with the provider. */
  readonly directory?: string;
  /** A clock that outlives the provider; without one, a new one that runs with the system's. */
  readonly clock?: MovableClock;
}

function absent<Part extends object>(name: string): Part {
  const refuse = () => {
    throw new Error(`the test provider has no ${name}`);
  };
  // Nothing may be read from it, so that it need not be of the part's shape.
  return new Proxy({}, { get: refuse }) as Part;
}

/** The array with some methods replaced, for `wrap`. */
export function overriding(
  array: StorageArrayPort,
  methods: Partial<StorageArrayPort>,
): StorageArrayPort {
  return new Proxy(array, {
    get(target, name) {
      const from = name in methods ? methods : target;
      const value: unknown = Reflect.get(from, name, from);
      return typeof value === 'function' ? value.bind(from) : value;
    },
  });
}

/** Opens a provider whose numbering of events has been started. Close it after the test. */
export async function openTestProvider(options: TestProviderOptions = {}): Promise<TestProvider> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'keelson-operations-')));
  const clock = options.clock ?? movableClock();
  const folder = (name: string) => join(directory, name);
  await Promise.all(['array', 'store'].map((name) => mkdir(folder(name), { recursive: true })));
  const simulator = await openSimulator({
    dataDirectory: folder('array'),
    clock,
    options: options.array ?? { inventory: TWO_ARRAYS, seed: 'operations' },
  });
  const array = options.wrap?.(simulator.port) ?? simulator.port;
  const { alarmsKept, complianceAlarms, eventsKept } = options;
  const store = openSqliteStore({
    dir: folder('store'),
    clock,
    ...(eventsKept === undefined ? {} : { eventsKept }),
    ...(alarmsKept === undefined ? {} : { alarmsKept }),
  });
  const errors: unknown[] = [];
  const breaks: FeedBreak[] = [];
  const events = createProviderEvents({
    array,
    store,
    clock,
    onError: (error) => errors.push(error),
    onRestart: (facts) => breaks.push(facts),
  });
  await events.start();
  const alarmChanges: AlarmRecord[] = [];
  const alarms = await openProviderAlarms({
    array,
    store,
    clock,
    expiries: options.expiries ?? (() => []),
    onError: (error) => errors.push(error),
    onChange: (records) => alarmChanges.push(...records),
    onFull: () => errors.push(new Error('no more alarms about volumes')),
    ...(complianceAlarms === undefined ? {} : { complianceAlarms }),
  });
  const provider: Provider = {
    clock,
    array,
    store,
    trust: absent('trust'),
    sessions: absent('sessions'),
    events,
    alarms,
    choices: { bitmapBitOrder: 'leastFirst', ...options.choices },
    group: {
      needsExplicitActivation: false,
      priority: undefined,
      url: () => 'https://provider.example.com:8443/vasa/version.xml',
      activations: rememberActivations(),
      ...options.group,
    },
    nextTurn: createTurns(),
    identity: {
      uid: randomUUID(),
      name: 'Keelson',
      defaultNamespace: 'org.keelson',
      providerVersion: 'Keelson test',
      supportedVendorModels: [],
    },
    catalogs: new MessageCatalogs({
      signature: 'Keelson test',
      version: '0',
      releasedAtMs: 0,
      schemas: [],
      openedAtMs: 0,
    }),
  };
  return {
    provider,
    array,
    simulator,
    store,
    clock,
    errors,
    breaks,
    alarmChanges,
    close: async () => {
      await alarms.stop();
      await events.stop();
      await array.close();
      await store.close();
      if (options.directory === undefined) await rm(directory, { recursive: true });
    },
  };
}

// Ids of hosts are free text; nothing but the brand is missing.
export const HOST = 'host-1' as HostId;
export const OTHER_HOST = 'host-2' as HostId;

/** What a client says of itself; by default a host with one initiator. */
function usageContext(given: Partial<UsageContext> = {}): UsageContext {
  return {
    hostId: HOST,
    vcenterId: undefined,
    initiators: [
      {
        uniqueIdentifier: undefined,
        iscsiIdentifier: 'iqn.1998-01.com.example:host-1',
        nodeWwn: undefined,
        portWwn: undefined,
      },
    ],
    mountPoints: [],
    hostIoIpAddresses: [],
    iscsiInitiatorIpAddresses: [],
    subscribedEvents: [],
    ...given,
  };
}

/** A session, as setContext would have opened it. */
export function openSession(provider: Provider, given: Partial<UsageContext> = {}): Session {
  const context = usageContext(given);
  return {
    shortHash: '0123456789ab',
    certificate: 'ab'.repeat(32),
    usageContext: context,
    clientKey: context.hostId ?? context.vcenterId ?? 'ab'.repeat(32),
    openedAt: provider.clock.now(),
    timeoutMs: 1_800_000,
    endpoints: undefined,
  };
}

/** The context of one call of a session, and what the handler noted for the log. */
interface TestCall extends SessionContext {
  readonly notes: CallNotes;
}

/** A call of `operation` by a session. `apiVersion`: the service that it came in by. */
export function callOf(
  provider: Provider,
  session: Session,
  operation: string,
  apiVersion: '1.0' | '2.0' = '2.0',
): TestCall {
  const notes: CallNotes = {};
  const call: Call = {
    requestId: randomUUID(),
    apiVersion,
    operation,
    peer: {
      connectionId: 'connection-1',
      remoteAddress: '192.0.2.1',
      certificate: undefined,
      resumed: false,
    },
    sessionId: undefined,
    note: (more) => {
      Object.assign(notes, more);
    },
    setSession: () => undefined,
  };
  return { call, provider, session, client: absent('client'), notes };
}
