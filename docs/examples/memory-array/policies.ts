/**
 * Storage policies: one capability that this array has in every container, and thin or thick, which vSphere
 * asks of any array. An array with more writes more into `SCHEMA` and `OFFERS`.
 */
import { ArrayError } from '../../../src/array/errors.ts';
import type { AppliedProfile } from '../../../src/model/array.ts';
import type { ProfileId, VvolId } from '../../../src/model/ids.ts';
import type {
  CapabilityProfile,
  CapabilitySchema,
  CapabilityValue,
  PropertyValue,
  VolumeService,
} from '../../../src/model/policies.ts';
import type { Memory } from './memory.ts';

const ENCRYPTION_TEXT = { label: 'Encrypted', summary: 'Encrypted where it lies.' };

/** What this array can promise at all. */
export const SCHEMA: CapabilitySchema = {
  schemaId: 'org.keelson.example.schema',
  namespace: 'org.keelson.example',
  namespaceVersion: '1.0',
  vendor: {
    uuid: '3e5a11ce-0000-4000-8000-0000000000ff',
    text: { label: 'Keelson', summary: 'The array of the example.' },
  },
  categories: [
    {
      id: 'security',
      capabilities: [
        {
          id: 'encryption',
          text: ENCRYPTION_TEXT,
          properties: [
            {
              id: 'enabled',
              text: ENCRYPTION_TEXT,
              type: 'boolean',
              form: 'set',
              allowed: undefined,
              defaultValue: { kind: 'single', value: false },
              mandatory: false,
              hint: false,
            },
          ],
          mandatory: false,
          hint: false,
          allowMultipleConstraints: false,
          keyId: undefined,
        },
      ],
    },
  ],
};

const ENCRYPTION = {
  namespace: SCHEMA.namespace,
  capabilityId: 'encryption',
  propertyId: 'enabled',
};
/** vSphere's own; no schema declares it. */
const SPACE_EFFICIENCY = {
  namespace: 'com.vmware.storageprofile.std',
  capabilityId: 'spaceEfficiency',
  propertyId: 'spaceEfficiency',
};
const OFFERS: readonly CapabilityValue[] = [
  { ...SPACE_EFFICIENCY, value: { kind: 'set', values: ['Thin', 'Thick'] } },
  { ...ENCRYPTION, value: { kind: 'set', values: [true, false] } },
];

/** See the port. */
export function capabilityProfiles({ containers }: Memory): readonly CapabilityProfile[] {
  return [
    {
      profileId: 'memory-profile' as ProfileId,
      name: 'Memory',
      description: 'What every container has.',
      generationId: 1n,
      containerIds: containers.map(({ containerId }) => containerId),
      offers: [{ name: 'Memory', values: OFFERS }],
    },
  ];
}

/** Thin or thick, where one of them is asked for. */
export function thinWish(profile: AppliedProfile | undefined): boolean | undefined {
  const [wish, ...others] = named(askedOf(profile, SPACE_EFFICIENCY));
  return wish === undefined || others.length > 0 ? undefined : wish === 'Thin';
}

/** Errors: noSpace: nothing here has what is asked. The provider has looked before; this is the last word. */
export function refuseUnmet(profile: AppliedProfile | undefined): void {
  const isMet = (asked: CapabilityValue) =>
    OFFERS.some(
      (offer) =>
        isSame(offer, asked) && named(asked.value).some((one) => named(offer.value).includes(one)),
    );
  if (profile === undefined || profile.asked.every(isMet)) return;
  throw new ArrayError('noSpace', 'no container has what is asked');
}

/** See the port. What was asked is what there is: nothing moves, and nothing is ever ill. */
export function volumeServices(
  { volumes }: Memory,
  vvolIds: readonly VvolId[],
): readonly VolumeService[] {
  return vvolIds.flatMap((vvolId) => {
    const { volume } = volumes.get(vvolId) ?? {};
    if (volume === undefined) return [];
    const [encrypted = false] = named(askedOf(volume.profile, ENCRYPTION));
    const thinness = volume.thin ? 'Thin' : 'Thick';
    const values: readonly CapabilityValue[] = [
      { ...SPACE_EFFICIENCY, value: { kind: 'single', value: thinness } },
      { ...ENCRYPTION, value: { kind: 'single', value: encrypted } },
    ];
    return [{ vvolId, values, healthy: true, moving: undefined }];
  });
}

type Name = Omit<CapabilityValue, 'value'>;

function isSame(one: Name, other: Name): boolean {
  return (
    one.namespace === other.namespace &&
    one.capabilityId === other.capabilityId &&
    one.propertyId === other.propertyId
  );
}

function askedOf(profile: AppliedProfile | undefined, name: Name): PropertyValue | undefined {
  return profile?.asked.find((asked) => isSame(asked, name))?.value;
}

/** The scalars that a value names; of these types there are no ranges. */
function named(value: PropertyValue | undefined) {
  if (value?.kind === 'single') return [value.value];
  return value?.kind === 'set' ? value.values : [];
}
