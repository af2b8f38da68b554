/**
 * The parts behind the wire, opened in the order in which they need each other: the data folder, whose lock
 * keeps a second process out, the array, the numbering of events, trust. Nothing here listens.
 */
import type { ArrayAdministration } from '../array/administration.ts';
import type { FaultLayer } from '../array/fault-rules/layer.ts';
import type { FaultRules } from '../array/fault-rules/rules.ts';
import type { StorageArrayPort } from '../array/port.ts';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import { createTurns } from '../model/turns.ts';
import { openProviderAlarms, type ProviderAlarms } from '../operations/alarms/provider-alarms.ts';
import { MessageCatalogs } from '../operations/catalog/message-catalogs.ts';
import type { Provider, ProviderIdentity } from '../operations/context.ts';
import { createProviderEvents } from '../operations/events/provider-events.ts';
import { type ProviderGroup, rememberActivations } from '../operations/group/group.ts';
import { RELEASE } from '../release/release.ts';
import { createSessions } from '../trust/sessions.ts';
import { openTrust, type Trust, type TrustOptions } from '../trust/trust.ts';
import { alarmLog } from './alarm-log.ts';
import { arrayAdministration } from './array-administration.ts';
import { type Audit, createAudit, openFolderTrail } from './audit/audit.ts';
import type { Closers } from './closers.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { layFaultRules } from './fault-rules.ts';
import { loadArray } from './load-array.ts';
import { measuredStore } from './measured-store.ts';
import { publicNames } from './public-names.ts';
import { versionXmlUrl } from './version-xml.ts';

export interface ProviderParts {
  readonly provider: Provider;
  readonly folder: DataFolder;
  readonly audit: Audit;
  /** What the operator may do to the array. */
  readonly arrayAdministration: ArrayAdministration;
  /** The array as it is, without fault rules: for who only looks on, and must not use them up. */
  readonly plainArray: StorageArrayPort;
  /** The array as a call of a client meets it. */
  readonly arrayFor: FaultLayer['arrayFor'];
  /** Names and addresses by which the provider is reached. */
  readonly names: readonly string[];
  /** Name or address for URLs. */
  readonly urlHost: string;
}

export interface PartsOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** That nobody moves. */
  readonly machineClock: Clock;
  readonly log: Log;
  /** Told of each change of the store when it has ended; see `measuredStore`. */
  readonly stored: (milliseconds: number, isDone: boolean) => void;
  readonly faultRules: FaultRules;
  /** Of the VASA endpoint; asked when the provider listens. */
  readonly port: () => number;
  /** What trust tells, and the numbering of events to tell it to. */
  readonly announce: (events: Provider['events'], audit: Audit) => TrustOptions['announce'];
  /** Alarms were raised, changed or ended. */
  readonly alarmsChanged: () => void;
  /** Another certificate is to be served from now on. */
  readonly serve: (served: { readonly key: string; readonly cert: string }) => void;
}

/** Opens all parts; what is opened is added to `opened`, also when a later one fails. */
export async function openParts(options: PartsOptions, opened: Closers): Promise<ProviderParts> {
  const { config, clock, log, faultRules } = options;
  const opening = openDataFolder(config.dataDir, clock);
  const store = measuredStore(opening.store, options.stored);
  const folder: DataFolder = { ...opening, store };
  opened.add(() => store.close());
  const audit = createAudit(await openFolderTrail(folder, options.machineClock), log);
  opened.add(() => audit.trail.close());
  const adapter = await loadArray(config.array, folder.path, clock, (point) =>
    faultRules.reach(point),
  );
  opened.add(() => adapter.close());
  const { array, arrayFor } = layFaultRules(adapter, faultRules, { clock, log });
  const events = createProviderEvents({
    array,
    store,
    clock,
    onError: (cause) => log.notice('events.numbering_failed', { cause }),
    onRestart: (facts) =>
      log.notice('events.numbering_restarted', {
        reason: facts.reason,
        numbered_up_to: facts.numberedUpTo,
        oldest_kept: facts.oldestKept,
        newest: facts.newest,
      }),
  });
  opened.add(() => events.stop());
  await events.start();
  const { names, urlHost } = await publicNames(config.publicNames, config.host);
  const isShared = config.trust.sharedHostIds === 'accept';
  const sessions = createSessions(clock, isShared ? { hostHeldMs: 0 } : {});
  const trust = await openFolderTrust(folder, {
    names,
    clock,
    sessions,
    policy: config.trust,
    grantByAddress: config.trust.grantByAddress,
    announce: options.announce(events, audit),
    onCertificateChanged: options.serve,
  });
  const alarms = await openAlarms(
    { array, store, clock, log, alarmsChanged: options.alarmsChanged },
    trust,
  );
  opened.add(() => alarms.stop());
  const catalogs = new MessageCatalogs({
    signature: RELEASE.signature,
    version: RELEASE.version,
    releasedAtMs: Date.parse(`${RELEASE.date}T00:00:00Z`),
    schemas: await array.capabilitySchemas(),
    openedAtMs: clock.now(),
  });
  const identity = await identityOf(array, (await store.installation()).uid);
  const choices = config.protocol;
  const group: ProviderGroup = Object.freeze({
    needsExplicitActivation: config.group.needsExplicitActivation,
    priority: config.group.priority,
    url: () => versionXmlUrl(urlHost, options.port()),
    activations: rememberActivations(),
  });
  const provider = {
    clock,
    array,
    store,
    trust,
    sessions,
    events,
    alarms,
    identity,
    catalogs,
    choices,
    group,
    nextTurn: createTurns(),
  };
  return {
    provider: Object.freeze(provider),
    folder,
    audit,
    arrayAdministration: arrayAdministration(adapter.administration, config.array.module),
    plainArray: adapter,
    arrayFor,
    names,
    urlHost,
  };
}

type AlarmParts = Pick<Provider, 'array' | 'store' | 'clock'> &
  Pick<PartsOptions, 'log' | 'alarmsChanged'>;

/** The alarms, which write their own lines in the log. They look at nothing before they are started. */
function openAlarms(
  { log, alarmsChanged, ...parts }: AlarmParts,
  trust: Trust,
): Promise<ProviderAlarms> {
  const tell = alarmLog(log);
  return openProviderAlarms({
    ...parts,
    expiries: () => trust.expiries(),
    onChange: (records) => {
      tell(records);
      alarmsChanged();
    },
    onError: (cause) => log.notice('alarms.look_failed', { cause }),
    onFull: () => log.notice('alarms.compliance_full', { most: LIMITS.complianceAlarms }),
  });
}

/** The trust room on a data folder; keeps the folder's copy of the served certificate up to date. */
export async function openFolderTrust(
  folder: DataFolder,
  options: Omit<TrustOptions, 'dataDir' | 'store'>,
): Promise<Trust> {
  const trust = await openTrust({
    ...options,
    dataDir: folder.path,
    store: folder.store,
    onCertificateChanged: (served) => {
      folder.publishCertificate(served.cert);
      options.onCertificateChanged?.(served);
    },
  });
  folder.publishCertificate(trust.certificate.served().cert);
  return trust;
}

async function identityOf(array: StorageArrayPort, uid: string): Promise<ProviderIdentity> {
  const models = new Map(
    (await array.arrays()).map(({ vendor, model }) => [
      JSON.stringify([vendor, model]),
      { vendorId: vendor, modelId: model },
    ]),
  );
  return Object.freeze({
    uid,
    name: RELEASE.name,
    defaultNamespace: 'org.keelson',
    providerVersion: RELEASE.signature,
    supportedVendorModels: [...models.values()],
  });
}
