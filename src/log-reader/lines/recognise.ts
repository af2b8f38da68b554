/** Which log a line belongs to is told by the line itself, so that files may have any name, or none. */
import type { Entry } from '../entry.ts';
import { esxiEntry } from './esxi.ts';
import { keelsonEntry } from './keelson.ts';
import type { Place } from './line.ts';
import { vcenterEntry } from './vcenter.ts';

/** What a line says; undefined: it is of no form that is known. */
export function entryOf(text: string, place: Place): Entry | undefined {
  return keelsonEntry(text, place) ?? esxiEntry(text, place) ?? vcenterEntry(text, place);
}
