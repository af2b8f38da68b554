/** What a provider can be asked: read from its own answers when the run began, and from the runner's options. */
import type { ApiVersion } from '../client/exchange.ts';
import type { Need } from '../scenario.ts';
import type { Target } from './target.ts';
import type { Inventory } from './world.ts';

/** What the run itself allows. */
export interface Allowed {
  /** Only this version is spoken; undefined: each that the provider serves. */
  readonly api: ApiVersion | undefined;
  /** The provider's own certificate may be replaced by one of our authority, for good. */
  readonly changeCertificate: boolean;
  /** The user's name may be tried with a wrong password: some providers lock a user out after a few. */
  readonly wrongPassword: boolean;
  /** Resolves when the provider has been told to start again, and the one of before is gone. */
  readonly restart?: (() => Promise<void>) | undefined;
}

/** Needs that arrays announce in their supportedProfile. */
const ANNOUNCED: readonly (readonly [string, Need])[] = [
  ['BlockDeviceProfile', 'LUNs'],
  ['FileSystemProfile', 'file systems'],
  ['CapabilityProfile', 'labels'],
  ['StatisticsProfile', 'statistics'],
  ['StorageDrsBlockDevice', 'storage DRS'],
  ['StorageDrsFileSystem', 'storage DRS'],
];

/** The needs that are met. */
export function offersOf(
  target: Target,
  { arrays, containers, provider }: Inventory,
  allowed: Allowed,
): ReadonlySet<Need> {
  const offers = new Set<Need>();
  for (const version of target.services.keys())
    if (allowed.api === undefined || allowed.api === version) offers.add(`api ${version}`);
  const profiles = new Set(arrays.flatMap((each) => each.supportedProfile));
  for (const [profile, need] of ANNOUNCED) if (profiles.has(profile)) offers.add(need);
  const endpoints = new Set(containers.map((each) => each.protocolEndPointType));
  if (endpoints.has('SCSI')) offers.add('SCSI');
  if (endpoints.has('NFS') || endpoints.has('NFS4x')) offers.add('NFS');
  if (provider?.supportedProfile.includes('ProfileBasedManagementProfile'))
    offers.add('capability profiles');
  if (allowed.changeCertificate) offers.add('certificate change');
  if (allowed.wrongPassword) offers.add('wrong password');
  if (allowed.restart !== undefined) offers.add('restart');
  return offers;
}
