/**
 * What volumes get at the moment: what they were given, as far as the pool below can keep to it, and whether
 * the array is still getting there.
 */
import type { Container, Job } from '../../src/model/array.ts';
import type { Health } from '../../src/model/discovery.ts';
import type { VvolId } from '../../src/model/ids.ts';
import type { CapabilityValue, VolumeService } from '../../src/model/policies.ts';
import type { Discovery } from '../discovery.ts';
import type { Inventory } from '../inventory.ts';
import type { Jobs } from '../jobs.ts';
import type { VolumeRow } from '../volume-rows.ts';
import type { Volumes } from '../volumes.ts';
import type { Given } from './given.ts';
import { nameOf, SPACE_EFFICIENCY } from './names.ts';
import type { Policies } from './policies.ts';
import { Remembered } from './remembered.ts';

interface ServiceParts {
  readonly inventory: Inventory;
  readonly volumes: Volumes;
  readonly jobs: Jobs;
  readonly discovery: Discovery;
  readonly policies: Policies;
  readonly given: Given;
}

/** See `volumeServices` of the port. */
export function volumeServices(
  { inventory, volumes, jobs, discovery, policies, given }: ServiceParts,
  vvolIds: readonly VvolId[],
): readonly VolumeService[] {
  // Many volumes have been given the same.
  const decoded = new Remembered<readonly CapabilityValue[]>();
  const keptBy = ({ given_no: no }: VolumeRow) =>
    no === null ? [] : decoded.get(String(no), () => given.values(no));
  const pools = new Map(discovery.pools().map(({ poolId, health }) => [poolId, health]));
  return volumes.rows(vvolIds).map((row) => {
    const { container } = inventory.containerByNo(row.container_no);
    const health = pools.get(container.poolId) ?? 'healthy';
    const values = givenTo(row, keptBy(row), { container, policies });
    return {
      vvolId: row.vvol_id,
      values: whileIn(health, values, policies),
      healthy: health === 'healthy',
      moving: movingBy(jobs.openOn(row.volume_no, 'applyProfile')),
    };
  });
}

/** What the volume was given, of what is declared today; what it is made of tells whether it is thin. */
function givenTo(
  row: VolumeRow,
  kept: readonly CapabilityValue[],
  { container, policies }: { readonly container: Container; readonly policies: Policies },
): readonly CapabilityValue[] {
  const given = kept.length > 0 ? kept : policies.given(container, []);
  const thinness: CapabilityValue = {
    ...SPACE_EFFICIENCY,
    value: { kind: 'single', value: row.is_thin === 1n ? 'Thin' : 'Thick' },
  };
  const isOffered = policies
    .offersOf(container)
    .some(({ values }) => values.some((value) => nameOf(value) === nameOf(SPACE_EFFICIENCY)));
  const { properties } = policies.declaration;
  return [
    ...(isOffered ? [thinness] : []),
    ...given.filter((value) => properties.has(nameOf(value))),
  ];
}

/** What of it is left while its pool is of this health. */
function whileIn(
  health: Health,
  given: readonly CapabilityValue[],
  { declaration: { whenDegraded } }: Policies,
): readonly CapabilityValue[] {
  if (health === 'healthy') return given;
  if (health === 'failed') return [];
  return given.flatMap((each) => {
    if (!whenDegraded.has(nameOf(each))) return [each];
    const value = whenDegraded.get(nameOf(each));
    return value === undefined ? [] : [{ ...each, value }];
  });
}

function movingBy(job: Job | undefined): VolumeService['moving'] {
  if (job === undefined) return undefined;
  return { progressPercent: job.progressPercent, estimatedEndAt: job.estimatedEndAt };
}
