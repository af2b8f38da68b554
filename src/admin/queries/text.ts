/** Values of the model as the shapes of the admin API have them: times, days, what is promised, pages. */
import type { CapabilityValue, PropertyValue, Scalar } from '../../model/policies.ts';
import { AdminError } from '../port.ts';
import type { Paging } from '../shapes/form.ts';

const DAY_MS = 86_400_000;

/** ISO 8601 of milliseconds since the epoch. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Whole days from `now` to `end`; below 0 when it is over. */
export function daysLeft(end: number, now: number): number {
  return Math.floor((end - now) / DAY_MS);
}

/** `property: value`, as a person reads it. */
export function capabilityText({ propertyId, value }: CapabilityValue): string {
  return `${propertyId}: ${valueText(value)}`;
}

function valueText(value: PropertyValue): string {
  switch (value.kind) {
    case 'single':
      return scalarText(value.value);
    case 'set':
      return value.values.map(scalarText).join(', ');
    case 'range': {
      const [min, max] = [value.min, value.max].map((end) =>
        end === undefined ? undefined : scalarText(end),
      );
      if (min === undefined) return `at most ${max}`;
      return max === undefined ? `at least ${min}` : `${min} to ${max}`;
    }
  }
}

function scalarText(value: Scalar): string {
  if (typeof value !== 'object') return String(value);
  const unit = value.unit.toLowerCase();
  return `${value.value} ${value.value === 1 ? unit.slice(0, -1) : unit}`;
}

/** The number in a page's token. Errors: AdminError (a token that no page gave). */
export function numberAfter({ after }: Paging): bigint | undefined {
  if (after === undefined) return undefined;
  if (/^\d{1,19}$/.test(after)) return BigInt(after);
  throw new AdminError('after: does not continue an earlier page');
}

/** A page of a list that is there as a whole; its token is the place of its end. */
export function pageOfList<Item>(items: readonly Item[], page: Paging) {
  const from = Number(numberAfter(page) ?? 0n);
  const end = from + page.limit;
  const next = end < items.length ? { next: `${end}` } : {};
  return { items: items.slice(from, end), ...next };
}
