/**
 * Whether a volume gets what was asked for it, from what the array says that it gets at the moment. Hints
 * are not judged: nobody promised them. What the array does not tell of a volume is unknown. Used by
 * queryComplianceResult and by compliance alarms. Source: VASA `ComplianceResult`, `ComplianceAlarm`.
 */
import type { PolicyPort } from '../../array/policies.ts';
import type { AppliedProfile, Volume } from '../../model/array.ts';
import type { VvolId } from '../../model/ids.ts';
import type { CapabilityValue, Property, VolumeService } from '../../model/policies.ts';
import type {
  ComplianceResult,
  ComplianceStatusEnum,
  OperationalStatus,
  PolicyStatus,
  PropertyInstance,
} from '../../wire/generated/vasa-2.0/types.ts';
import { byCapability, capabilityInstance, propertyInstance } from './capability-instances.ts';
import {
  type Declared,
  declarationOf,
  declaredBy,
  SPACE_EFFICIENCY,
  STANDARD_NAMESPACE,
} from './declared.ts';
import { isOfType, isWithin } from './values.ts';

/** What results and alarms say of one volume. Equal facts are equal field by field, for telling a change. */
export interface Compliance extends Pick<ComplianceResult, 'operationalStatus' | 'violatedPolicy'> {
  readonly complianceStatus: ComplianceStatusEnum;
}

/** A value that was asked for and is not had; `current` undefined: the volume has none. */
interface Violation extends CapabilityValue {
  readonly current: CapabilityValue | undefined;
}

/** Thin or thick is known of every volume. */
function spaceEfficiency({ thin }: Volume): CapabilityValue {
  return {
    namespace: STANDARD_NAMESPACE,
    capabilityId: SPACE_EFFICIENCY,
    propertyId: SPACE_EFFICIENCY,
    value: { kind: 'single', value: thin ? 'Thin' : 'Thick' },
  };
}

/** What a value asked for is judged by; undefined: it is not judged. */
function judgedProperty(
  declared: Declared,
  { origin }: Volume,
  asked: CapabilityValue,
): Property | undefined {
  const found = declarationOf(declared, asked);
  // What is declared no longer, or in another way, cannot be judged any more.
  if (found === undefined || !isOfType(found.property.type, asked.value)) return undefined;
  // What shares its content with others is thin, whatever was asked.
  const isShared = origin.kind === 'snapshot' || origin.kind === 'fastClone';
  if (isShared && asked.namespace === STANDARD_NAMESPACE) return undefined;
  return found.capability.hint || found.property.hint ? undefined : found.property;
}

function currentOf(
  volume: Volume,
  { values }: VolumeService,
  { capabilityId, namespace, propertyId }: CapabilityValue,
): CapabilityValue | undefined {
  const current = values.find(
    (each) =>
      each.namespace === namespace &&
      each.capabilityId === capabilityId &&
      each.propertyId === propertyId,
  );
  return current ?? (namespace === STANDARD_NAMESPACE ? spaceEfficiency(volume) : undefined);
}

function violationsOf(
  declared: Declared,
  volume: Volume,
  { asked, service }: { readonly asked: AppliedProfile['asked']; readonly service: VolumeService },
): readonly Violation[] {
  return asked.flatMap((value): Violation[] => {
    const property = judgedProperty(declared, volume, value);
    if (property === undefined) return [];
    const current = currentOf(volume, service, value);
    const isMet = current !== undefined && isWithin(property.type, current.value, value.value);
    return isMet ? [] : [{ ...value, current }];
  });
}

/** The schema wants a value even where there is none: an empty text. */
function currentInstance(declared: Declared, { current, propertyId }: Violation): PropertyInstance {
  if (current !== undefined) return propertyInstance(declared, current);
  return { id: propertyId, value: { type: 'xs:string', value: '' } };
}

/** Violations of one capability are one policy that is violated. */
function policyStatus(
  declared: Declared,
  group: readonly [Violation, ...Violation[]],
): PolicyStatus {
  const current = group.map((each) => currentInstance(declared, each));
  const expected = group.map((each) => propertyInstance(declared, each));
  return {
    currentValue: capabilityInstance(group[0], current),
    expectedValue: capabilityInstance(group[0], expected),
  };
}

function operationalStatus({ healthy, moving }: VolumeService): OperationalStatus {
  if (moving === undefined) return { healthy, transitional: false };
  return {
    healthy,
    operationETA: moving.estimatedEndAt,
    operationProgress: BigInt(Math.floor(moving.progressPercent)),
    transitional: true,
  };
}

/**
 * Whether the volume gets what its own profile asks for. Undefined: it has no profile. A volume whose data
 * is still being moved is judged as it is, and said to be in transition. `service` undefined: unknown.
 */
export function complianceOf(
  declared: Declared,
  volume: Volume,
  service: VolumeService | undefined,
): Compliance | undefined {
  if (volume.profile === undefined) return undefined;
  if (service === undefined) return { complianceStatus: 'unknown', violatedPolicy: [] };
  const { asked } = volume.profile;
  const violatedPolicy = byCapability(violationsOf(declared, volume, { asked, service })).map(
    (group) => policyStatus(declared, group),
  );
  return {
    complianceStatus: violatedPolicy.length === 0 ? 'compliant' : 'nonCompliant',
    operationalStatus: operationalStatus(service),
    violatedPolicy,
  };
}

/**
 * The compliance of each of these volumes with its own profile, as it is now; those without a profile are
 * left out. What results answer and alarms tell: both come from here.
 */
export async function compliances(
  array: PolicyPort,
  volumes: readonly Volume[],
): Promise<ReadonlyMap<VvolId, Compliance>> {
  const withProfile = volumes.filter(({ profile }) => profile !== undefined);
  if (withProfile.length === 0) return new Map();
  const declared = declaredBy(await array.capabilitySchemas());
  const services = await array.volumeServices(withProfile.map(({ vvolId }) => vvolId));
  const byId = new Map(services.map((each) => [each.vvolId, each]));
  return new Map(
    withProfile.flatMap((volume): [VvolId, Compliance][] => {
      const compliance = complianceOf(declared, volume, byId.get(volume.vvolId));
      return compliance === undefined ? [] : [[volume.vvolId, compliance]];
    }),
  );
}
