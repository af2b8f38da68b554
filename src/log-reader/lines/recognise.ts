/** Which log a line belongs to is told by the line itself, so that files may have any name, or none. */
import type { Entry } from '../entry.ts';
import { esxiEntry } from './esxi.ts';
import { keelsonEntry } from './keelson.ts';
import type { Place } from './line.ts';
import { vcenterEntry } from './vcenter.ts';

/** Lines of others are short; the forms are looked for in no more than this. */
const OTHERS_CHARACTERS = 8_192;

/** What a line says; undefined: it is of no form that is known. */
export function entryOf(text: string, place: Place): Entry | undefined {
  const own = keelsonEntry(text, place);
  if (own !== undefined) return own;
  const short = text.slice(0, OTHERS_CHARACTERS);
  return esxiEntry(short, place) ?? vcenterEntry(short, place);
}
