/** A reading as JSON for programs: the document itself, with times in ISO 8601. */
import type { Reading } from './reading.ts';

/** Keys whose numbers are moments. */
const MOMENTS: ReadonlySet<string> = new Set(['at', 'until', 'since', 'from', 'to']);

/** The text, ending with a line end. */
export function readingJson(reading: Reading): string {
  const text = JSON.stringify(
    reading,
    (key, value: unknown) =>
      typeof value === 'number' && MOMENTS.has(key) ? new Date(value).toISOString() : value,
    2,
  );
  return `${text}\n`;
}
