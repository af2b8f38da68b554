/**
 * The provider as a whole: its parts joined to the wire, its timers, and what the operator may ask of it.
 * The port is opened last, when every part can answer; the end goes the other way.
 */
import type { Health } from '../admin/health.ts';
import type { LiveFeed } from '../admin/live.ts';
import type { ConsoleLogin, Operator, RunningAdministration } from '../admin/port.ts';
import { SpaceWatch } from '../admin/queries/space.ts';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import { wireLog } from '../log/wire-log.ts';
import { type Clock, movableClock } from '../model/clock.ts';
import type { Provider } from '../operations/context.ts';
import { tracingLog } from '../tracing/tracing.ts';
import type { TrustListener } from '../trust/events.ts';
import type { WireServer } from '../wire/server.ts';
import { type Audit, thisAccount } from './audit/audit.ts';
import { clockAdministration } from './clock.ts';
import { closers } from './closers.ts';
import { openFaultRules } from './fault-rules.ts';
import { type FirstUser, makeFirstUser } from './first-user.ts';
import { openLive, tellOfArray } from './live.ts';
import { metricSources } from './metrics.ts';
import { openParts } from './provider-parts.ts';
import { createServer, listen, OPERATIONS } from './serving.ts';
import { healthOf, startedWith } from './status.ts';
import { startTimers } from './timers.ts';
import { configuredTracing } from './tracing.ts';
import { trustListener } from './trust-log.ts';
import { operatorVerbs } from './verbs.ts';
import { fillVersionXml, readVersionXml, versionXmlUrl } from './version-xml.ts';

export interface ProviderOptions {
  readonly config: Config;
  /** The machine's; what the provider goes by starts from it and may be moved (`clock.movable`). */
  readonly clock: Clock;
  readonly log: Log;
  /** Figures of the process, to stand behind the provider's own; see `metrics/process.ts`. */
  readonly processMetrics?: (() => Promise<string>) | undefined;
}

type ServedListener = (served: { readonly key: string; readonly cert: string }) => void;

/** A provider that listens. */
export interface RunningProvider {
  readonly port: number;
  /** URL to register. */
  readonly versionXml: string;
  readonly uid: string;
  readonly dataDirectory: string;
  /** PEM of what TLS serves at the moment. */
  readonly certificateFile: string;
  /** Set on the first start alone; `generatedPassword` is to be shown once. */
  readonly firstUser: FirstUser | undefined;
  /** For tests that look behind the wire. */
  readonly parts: Provider;
  /** In the name of whoever runs this process. */
  readonly administration: RunningAdministration;
  /** In somebody's name, who stands in the audit trail. */
  administrationFor(by: Operator): RunningAdministration;
  /** For the audit trail: what nobody ordered by a verb. Neither ever throws. */
  consoleLogin(login: ConsoleLogin): void;
  readonly told: Audit['told'];
  /** Names and addresses by which it is reached: those of its certificate. */
  readonly names: readonly string[];
  /** What changes, for pages that show it. */
  readonly live: LiveFeed;
  /** Told when TLS serves another certificate. */
  onServed(listener: ServedListener): void;
  health(): Promise<Health>;
  /** Everything that is measured, in Prometheus' text form. Never rejects. */
  metrics(): Promise<string>;
  /** Stops accepting, lets calls in flight end within the time, closes the parts. Idempotent. */
  close(drainMs: number): Promise<void>;
}

/**
 * Starts a provider and resolves when it listens. Rejects with StartError, StoreError or ConfigError, whose
 * message is for the operator, and with everything closed that had been opened.
 */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { config, log } = options;
  const movable = config.clock.movable ? movableClock(options.clock) : undefined;
  const clock = movable ?? options.clock;
  const opened = closers();
  const live = openLive(log.recent, opened);
  const servedListeners = new Set<ServedListener>();
  let server: WireServer | undefined;
  let port = 0;
  let drainMs = 0;
  let closing = false;
  let started = false;
  try {
    const template = readVersionXml(config.versionXml);
    const faultRules = openFaultRules({ config: config.faultRules, clock, log });
    // Loaded here, because no command but `serve` needs the library behind it.
    const { createMetrics } = await import('../metrics/metrics.ts');
    const metrics = createMetrics(OPERATIONS);
    const parts = await openParts(
      {
        ...options,
        stored: metrics.stored,
        clock,
        machineClock: options.clock,
        faultRules,
        port: () => port,
        serve: (served) => {
          server?.replaceTls(served);
          for (const listener of servedListeners) listener(served);
        },
        alarmsChanged: () => live.changed('alarms', 'events'),
        announce: (events, audit) =>
          both(
            audit.trust,
            trustListener({
              log,
              announce: (name, parameters) => events.announce(name, parameters),
              trustChanged: () => server?.rotateTickets(),
            }),
          ),
      },
      opened,
    );
    const { provider, folder, urlHost, audit } = parts;
    // Here, so that it comes when nobody is served any more.
    opened.add(async () => {
      if (started) audit.told('provider.stopped', provider.identity.uid, {});
    });
    const firstUser = await makeFirstUser(provider, config.admin, {
      audit,
      opened,
      isStarted: () => started,
    });
    const address = { host: urlHost, port: 0, uid: provider.identity.uid };
    const tracing = await configuredTracing(config, address.uid, options);
    opened.add(async () => tracing?.close());
    const counted = metrics.counting(wireLog(log));
    const wire = await createServer(parts, {
      config,
      clock: options.clock,
      log: tracing === undefined ? counted : tracingLog(counted, tracing),
      callBegan: metrics.callBegan,
      versionXml: () => fillVersionXml(template, address),
    });
    server = wire;
    opened.add(() => wire.close({ drainMs }));
    port = await listen(wire, config);
    address.port = port;
    tellOfArray(live, parts.plainArray, opened);
    const space = new SpaceWatch(parts.plainArray, clock);
    opened.add(async () => space.stop());
    const timers = await startTimers(provider, log);
    opened.add(async () => timers.stop());
    const catchUp = async () => {
      await Promise.all([timers.catchUp(), space.look()]);
    };
    const clocks = clockAdministration({ clock, movable, log, catchUp });
    const versionXml = versionXmlUrl(urlHost, address.port);
    const facts = { versionXml, startedAt: new Date(options.clock.now()).toISOString() };
    const health = () => healthOf(provider.array, closing);
    const sources = metricSources({
      provider,
      dataDirectory: folder.path,
      arrayAdministration: parts.arrayAdministration,
      wire,
      audit: () => audit.trail.state(),
      spans: () => tracing?.counts(),
      health,
      inForce: () => ({ faultRules: faultRules.size, verbose: log.verbose.active().length }),
      startedAt: options.clock.now(),
    });
    const measured = async () =>
      (await metrics.text(sources)) + ((await options.processMetrics?.()) ?? '');
    space.start();
    started = true;
    const verbs = operatorVerbs({
      ...{ parts, log, clock, clocks, faultRules, space, wire, facts },
      metrics: measured,
    });
    audit.told('provider.started', provider.identity.uid, startedWith(provider));
    return {
      port: address.port,
      versionXml,
      uid: provider.identity.uid,
      dataDirectory: folder.path,
      certificateFile: folder.certificateFile,
      firstUser,
      parts: provider,
      administration: audit.recording(verbs, thisAccount()),
      administrationFor: (by) => audit.recording(verbs, by),
      consoleLogin: audit.consoleLogin,
      told: audit.told,
      live,
      names: parts.names,
      onServed: (listener) => void servedListeners.add(listener),
      health,
      metrics: measured,
      close: (patienceMs) => {
        closing = true;
        drainMs = patienceMs;
        return opened.close();
      },
    };
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}

/** Tells the first, then the second. */
function both(first: TrustListener, second: TrustListener): TrustListener {
  return (event) => {
    first(event);
    second(event);
  };
}
