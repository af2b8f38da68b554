/**
 * What the operator's verbs give: status, users, certificate, registrations, verbose switches, clock, fault rules.
 */
import { z } from 'zod';
import { count, list, named, record, time } from './form.ts';

export const userSummary = record({ userName: z.string(), createdAt: time, changedAt: time }).meta({
  id: 'UserSummary',
});
export type UserSummary = z.output<typeof userSummary>;

/** The certificate that TLS serves. Fingerprints are upper-case hex pairs with colons. */
export const certificateSummary = record({
  subject: z.string(),
  issuer: z.string(),
  notBefore: time,
  notAfter: time,
  sha256: z.string(),
  sha1: z.string(),
  installedBy: z
    .string()
    .describe('`self-signed`, `operator`, or `registration <id>`: who may replace it'),
  chain: z.string().describe('leaf first; PEM'),
}).meta({ id: 'CertificateSummary' });
export type CertificateSummary = z.output<typeof certificateSummary>;

/** What one registration call brought, and the vCenters that it belongs to. */
export const registrationSummary = record({
  registrationId: z.string(),
  kind: z.string(),
  userName: z.string(),
  peerAddress: z.string(),
  vcenterIds: list(z.string()),
  createdAt: time,
  changedAt: time,
  certificates: count,
  crls: count,
}).meta({ id: 'RegistrationSummary' });
export type RegistrationSummary = z.output<typeof registrationSummary>;

/** What a backup holds. */
export const backupReport = record({
  file: z.string(),
  uid: z.string().describe('of the provider'),
  users: count,
  registrations: count,
  keys: count.describe('private keys'),
  bytes: count.describe('of all that is in it'),
  createdAt: time,
}).meta({ id: 'BackupReport' });
export type BackupReport = z.output<typeof backupReport>;

export const verboseSummary = record({
  switch: z.int(),
  target: z.string().describe('`everything`, `host <id>`, `volume <id>`'),
  until: time,
}).meta({ id: 'VerboseSummary' });
export type VerboseSummary = z.output<typeof verboseSummary>;

export const clockReport = record({
  now: time.describe('what provider and array take for the time of day'),
  offsetMs: z.number().describe("how far that is from the machine's"),
  movable: z.boolean().describe('whether the configuration allows moving it'),
}).meta({ id: 'ClockReport' });
export type ClockReport = z.output<typeof clockReport>;

/** A fault rule in force. */
export const faultSummary = record({
  id: z.string(),
  rule: z.string().describe('in words'),
  matched: count.describe('calls that matched it so far'),
  injected: count.describe('of these, how many were hit'),
}).meta({ id: 'FaultSummary' });
export type FaultSummary = z.output<typeof faultSummary>;

export const faultReport = record({ seed: z.string(), rules: list(faultSummary) }).meta({
  id: 'FaultReport',
});
export type FaultReport = z.output<typeof faultReport>;

const laneReport = record({
  underWay: count,
  waiting: count,
  admitted: count,
  refused: count,
}).meta({ id: 'LaneReport' });

/** What is under way and waits (docs/admission.md), and what was refused since the start. */
export const loadReport = record({
  connections: count,
  handshakes: record({
    underWay: count,
    waiting: count,
    silent: count.describe('connections that have sent nothing yet'),
    unfinished: count.describe('begun, and too slow to be counted as under way'),
    completed: count,
    dropped: named(count).describe('by reason'),
  }),
  lanes: named(laneReport).describe('by lane, the first before the others'),
}).meta({ id: 'LoadReport' });
export type LoadReport = z.output<typeof loadReport>;

export const statusReport = record({
  release: z.string(),
  pid: z.int(),
  startedAt: time,
  versionXml: z.string(),
  dataDirectory: z.string(),
  logDirectory: z.string().optional(),
  uid: z.string(),
  arrayAnswers: z.boolean(),
  arrays: list(z.string()),
  group: list(
    record({
      array: z.string(),
      isActive: z.boolean(),
      activeUrl: z
        .string()
        .optional()
        .describe('of the provider that serves it; left out: nobody was activated'),
    }),
  )
    .optional()
    .describe(
      'of an active/passive group; left out: every provider is active, or the array does not answer',
    ),
  sessions: count,
  registrations: count,
  certificateNotAfter: time,
  verbose: list(verboseSummary),
  clock: clockReport,
  faultRules: count.describe('fault rules in force'),
  load: loadReport,
}).meta({ id: 'StatusReport' });
export type StatusReport = z.output<typeof statusReport>;
