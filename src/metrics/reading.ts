/** What is asked for when metrics are read: values with their names. Knows no library, so that it costs nothing to load. */
import type { LabelsOf, NameOf } from './catalogue.ts';

/** One value of a gauge, or the total so far of a counter that somebody else keeps. */
export interface Reading {
  readonly name: NameOf<'gauge' | 'counter'>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A reading with the labels that its metric declares. */
export function reading<Name extends NameOf<'gauge' | 'counter'>>(
  name: Name,
  labels: LabelsOf<Name>,
  value: number,
): Reading {
  return { name, labels, value };
}
