/**
 * What a volume is given of what is asked for it: the alternative of the container's offers that has it, and in
 * it one value of each property. Knows nothing of where volumes and offers are kept.
 */
import type { CapabilityValue, PropertyValue } from '../../src/model/policies.ts';
import type { Declaration, Offer } from './declaration.ts';
import { nameOf, SPACE_EFFICIENCY } from './names.ts';
import { commonScalar, namedIn } from './values.ts';

const THINNESS = nameOf(SPACE_EFFICIENCY);

type ByName = ReadonlyMap<string, CapabilityValue>;

function byName(values: readonly CapabilityValue[]): ByName {
  return new Map(values.map((value) => [nameOf(value), value]));
}

/** Whether thin or thick is asked for; undefined: neither, or either. */
export function thinWish(asked: readonly CapabilityValue[]): boolean | undefined {
  const value = byName(asked).get(THINNESS)?.value;
  const named = new Set(value === undefined ? [] : namedIn(value));
  return named.size === 1 ? named.has('Thin') : undefined;
}

/**
 * One value of each property: what is asked and offered, the declared default where that is both. Thin or thick
 * is not among them. Of the offers that have all that is asked it is the first that has the defaults of the
 * rest too, else the first. A hint is given as it was asked, if nobody offers it. Undefined: no offer has it all.
 */
export function givenBy(
  { properties }: Declaration,
  offers: readonly Offer[],
  asked: readonly CapabilityValue[],
): readonly CapabilityValue[] | undefined {
  const wishes = byName(asked);
  const isHint = (name: string) => properties.get(name)?.isHint === true;
  const chosen = (name: string, values: readonly PropertyValue[]) => {
    const preferred = properties.get(name)?.defaultValue;
    const defaulted = preferred === undefined ? undefined : commonScalar([preferred, ...values]);
    return defaulted ?? commonScalar(values);
  };
  const fits = (offer: ByName) =>
    asked.every((wish) => {
      const offered = offer.get(nameOf(wish));
      if (isHint(nameOf(wish))) return true;
      return offered !== undefined && commonScalar([wish.value, offered.value]) !== undefined;
    });
  const hasDefaults = (offer: ByName) =>
    [...offer].every(([name, { value }]) => {
      const preferred = properties.get(name)?.defaultValue;
      const isFree = preferred !== undefined && !wishes.has(name);
      return !isFree || commonScalar([preferred, value]) !== undefined;
    });
  const fitting = offers.map(({ values }) => byName(values)).filter(fits);
  const offer = fitting.find(hasDefaults) ?? fitting[0];
  if (offer === undefined) return undefined;
  const hints = asked.filter((wish) => isHint(nameOf(wish)) && !offer.has(nameOf(wish)));
  return [...offer.values(), ...hints].flatMap((offered): readonly CapabilityValue[] => {
    const name = nameOf(offered);
    if (name === THINNESS) return [];
    const wish = wishes.get(name);
    const scalar =
      (wish && chosen(name, [wish.value, offered.value])) ??
      chosen(name, [isHint(name) && wish !== undefined ? wish.value : offered.value]);
    return scalar === undefined ? [] : [{ ...offered, value: { kind: 'single', value: scalar } }];
  });
}
