/**
 * Whether a container can give what a profile asks for, and what is then asked of the array: of every
 * property the values that wish and offer have in common. A hint is passed on as it was wished and keeps
 * nobody out. Source: SPBM's rules of matching, as far as they are public (docs/policies.md).
 */
import type {
  CapabilityProfile,
  CapabilityValue,
  Property,
  PropertyValue,
} from '../../model/policies.ts';
import { STANDARD_NAMESPACE } from './declared.ts';
import type { Alternative, CapabilityWish, PropertyWish } from './requirements.ts';
import { common } from './values.ts';

/** What can be had together. */
type Offer = CapabilityProfile['offers'][number];

/** What a container offers that promises nothing. */
const NOTHING: Offer = { name: '', values: [] };

function offered(
  { values }: Offer,
  { namespace, capability }: CapabilityWish,
  property: Property,
): readonly PropertyValue[] {
  const found = values.filter(
    (each) =>
      each.namespace === namespace &&
      each.capabilityId === capability.id &&
      each.propertyId === property.id,
  );
  // Thin or thick can be had anywhere unless an offer says that only one of them can.
  const isFree = namespace === STANDARD_NAMESPACE && found.length === 0;
  if (isFree && property.allowed !== undefined) return [property.allowed];
  return found.map((each) => each.value);
}

/** What is asked of one property; undefined when it cannot be had. */
function askedOf(
  offer: Offer,
  of: CapabilityWish,
  { property, value }: PropertyWish,
): CapabilityValue | undefined {
  const { namespace, capability } = of;
  const isHint = capability.hint || property.hint;
  const asked = isHint
    ? value
    : offered(offer, of, property)
        .map((each) => common(property.type, value, each))
        .find((each) => each !== undefined);
  if (asked === undefined) return undefined;
  return { namespace, capabilityId: capability.id, propertyId: property.id, value: asked };
}

/** What is asked by all of the wishes; undefined when one of them cannot be had. */
function allOf(
  wishes: readonly PropertyWish[],
  one: (wish: PropertyWish) => CapabilityValue | undefined,
): readonly CapabilityValue[] | undefined {
  const asked = wishes.map(one).filter((each) => each !== undefined);
  return asked.length === wishes.length ? asked : undefined;
}

/** What is asked by the first constraint of each capability that the offer meets. */
function match(offer: Offer, alternative: Alternative): readonly CapabilityValue[] | undefined {
  const asked: CapabilityValue[] = [];
  for (const wish of alternative) {
    const met = wish.constraints
      .map((each) => allOf(each, (property) => askedOf(offer, wish, property)))
      .find((each) => each !== undefined);
    if (met === undefined) return undefined;
    asked.push(...met);
  }
  return asked;
}

/**
 * What is to be asked of the array so that a volume in a container with these profiles has what one of the
 * alternatives wants: the first alternative that any offer meets, by the first such offer. Without
 * alternatives nothing is asked. Undefined: the container can meet none of them.
 */
export function placed(
  alternatives: readonly Alternative[],
  profiles: readonly CapabilityProfile[],
): readonly CapabilityValue[] | undefined {
  if (alternatives.length === 0) return [];
  const offers = profiles.flatMap((each) => each.offers);
  for (const alternative of alternatives) {
    for (const offer of offers.length === 0 ? [NOTHING] : offers) {
      const asked = match(offer, alternative);
      if (asked !== undefined) return asked;
    }
  }
  return undefined;
}
