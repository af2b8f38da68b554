/** Traces of a provider by its configuration: to which collector, what they say of it, and what the log says of them. */
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../model/clock.ts';
import { RELEASE } from '../release/release.ts';
import type { Tracing } from '../tracing/port.ts';
import { openTracing } from '../tracing/tracing.ts';

/** Undefined, and nothing loaded, where the configuration names no collector. */
export async function configuredTracing(
  { tracing: { endpoint, percent } }: Pick<Config, 'tracing'>,
  uid: string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  return openTracing({
    endpoint,
    percent,
    now: () => clock.now(),
    resource: {
      'service.name': 'keelson',
      'service.version': RELEASE.version,
      'service.instance.id': uid,
      'keelson.release': RELEASE.signature,
    },
    onFailure: (failed, cause) => log.notice('tracing.export_failed', { endpoint, failed, cause }),
    onRecovery: (failed) => log.notice('tracing.export_works', { failed }),
  });
}
