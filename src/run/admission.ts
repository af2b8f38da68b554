/** Admission in the provider: its bounds from the configuration, its figures for the operator. */
import type { LoadReport } from '../admin/port.ts';
import type { Config } from '../config/schema.ts';
import type { WireServer, WireServerOptions } from '../wire/server.ts';

/** The bounds that the operator may set. */
export function admissionLimits({ admission }: Config): NonNullable<WireServerOptions['limits']> {
  const { waitSeconds, ...counts } = admission;
  return { ...counts, handshakeWaitMs: waitSeconds * 1_000, callWaitMs: waitSeconds * 1_000 };
}

/** What is under way and waits at this moment. */
export function loadReport(server: Pick<WireServer, 'figures'>): LoadReport {
  const { handshakes, calls: lanes } = server.figures();
  const { connections, ...others } = handshakes;
  return { connections, handshakes: others, lanes };
}
