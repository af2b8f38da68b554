/**
 * The operator's verbs of a running provider, joined from the rooms that do them. Who asks, and what the audit trail
 * says of it, is the caller's business.
 */
import type { ClockAdministration } from '../admin/clock.ts';
import type { RunningAdministration, StatusReport } from '../admin/port.ts';
import { createQueries } from '../admin/queries/all.ts';
import type { SpaceWatch } from '../admin/queries/space.ts';
import type { FaultRules } from '../array/fault-rules/rules.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../model/clock.ts';
import type { WireServer } from '../wire/server.ts';
import { administration, runningAdministration } from './administration.ts';
import { loadReport } from './admission.ts';
import { createBackup } from './backup/create.ts';
import { faultAdministration } from './fault-rules.ts';
import type { ProviderParts } from './provider-parts.ts';
import { statusOf } from './status.ts';

export interface VerbParts {
  readonly parts: ProviderParts;
  readonly log: Log;
  /** What the provider goes by. */
  readonly clock: Clock;
  readonly clocks: ClockAdministration;
  readonly faultRules: FaultRules;
  readonly space: SpaceWatch;
  readonly wire: WireServer;
  /** Everything that is measured, in Prometheus' text form. */
  readonly metrics: () => Promise<string>;
  readonly facts: Pick<StatusReport, 'versionXml' | 'startedAt'>;
}

/** The verbs. Errors: those of their interface. */
export function operatorVerbs(given: VerbParts): RunningAdministration {
  const { parts, log, clock, clocks, faultRules, space, wire, metrics, facts } = given;
  const { provider, folder, plainArray } = parts;
  const { array: looks, ...others } = provider;
  return runningAdministration(
    administration(provider.store, provider.trust, (file) =>
      createBackup({ dataDir: folder.path, store: provider.store, clock }, file),
    ),
    {
      array: parts.arrayAdministration,
      clock: clocks,
      queries: createQueries({ ...others, array: plainArray, looks, recent: log.recent, space }),
      faults: faultAdministration(faultRules, log, () => void provider.alarms.look()),
      verbose: log.verbose,
      metrics,
      status: async () => ({
        ...(await statusOf(parts, log, facts)),
        clock: await clocks.show(),
        faultRules: faultRules.size,
        load: loadReport(wire),
      }),
    },
  );
}
