/**
 * A session: what setContext opened for one client certificate. Lives in memory only: after a restart
 * every client opens a new one, and nothing that belongs to the array depends on it.
 * Source: VASA `UsageContext`, `VasaProviderInfo`.
 */
import type { EndpointId, HostId } from './ids.ts';
import type { ChosenStatistics } from './statistics.ts';
import type { EpochMs } from './units.ts';

/** A host's own name of a way into the storage network (VASA `HostInitiatorInfo`). */
export interface Initiator {
  readonly uniqueIdentifier: string | undefined;
  readonly iscsiIdentifier: string | undefined;
  readonly nodeWwn: string | undefined;
  readonly portWwn: string | undefined;
}

/** An NFS mount that a host has (VASA `MountInfo`). */
export interface MountPoint {
  readonly serverName: string;
  readonly filePath: string;
}

/** What the client said of itself (VASA `UsageContext`); lists empty when it said nothing. */
export interface UsageContext {
  readonly hostId: HostId | undefined;
  readonly vcenterId: string | undefined;
  readonly initiators: readonly Initiator[];
  readonly mountPoints: readonly MountPoint[];
  readonly hostIoIpAddresses: readonly string[];
  readonly iscsiInitiatorIpAddresses: readonly string[];
  /** Event types the client wants; empty: all. */
  readonly subscribedEvents: readonly string[];
}

export interface Session {
  /** First 12 hex digits of SHA-256 of the session id: the only form that is ever shown. */
  readonly shortHash: string;
  /** SHA-256 of the client certificate that opened it, 64 hex digits. */
  readonly certificate: string;
  readonly usageContext: UsageContext;
  /** Who this is for events and alarms: host id, else vCenter id, else the certificate. */
  readonly clientKey: string;
  readonly openedAt: EpochMs;
  readonly timeoutMs: number;
  /** Endpoints the host sees, as its last setPEContext said; undefined before the first. */
  endpoints: readonly EndpointId[] | undefined;
  /** What its last setStatisticsContext chose; undefined before the first. */
  statistics?: readonly ChosenStatistics[];
}
