/**
 * Makes two plays of one scene the same text: what differs from one to the next is replaced by something of
 * the same form, numbered in the order in which it comes. Times are kept to the minute, counted from the
 * first line of the log, so that before and after stay what they were.
 */
import { RELEASE } from '../../src/release/release.ts';

const MINUTE_MS = 60_000;
const BEGIN = Date.UTC(2027, 0, 15, 8);

interface Form {
  readonly form: RegExp;
  readonly as: (count: number) => string;
}

const padded = (start: string, length: number) => (count: number) =>
  start + count.toString(16).padStart(length - start.length, '0');

const FORMS: readonly Form[] = [
  { form: /(?<="alarm_id": ")\d+/g, as: (count) => `${count}` },
  {
    form: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    as: (count) => `00000000-0000-4000-8000-${padded('', 12)(count)}`,
  },
  // A fingerprint, but for the ids of the simulated array, which follow from its seed.
  { form: /(?<![:.0-9a-f])[0-9a-f]{16}(?![0-9a-f])/g, as: padded('ce', 16) },
  { form: /(?<="session": ")[0-9a-f]{12}/g, as: padded('5e', 12) },
];

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The texts of one scene with what varies replaced. `begin`: time of the first line of its log. */
export function same(texts: readonly string[], begin: string): readonly string[] {
  const seen = FORMS.map(() => new Map<string, string>());
  return texts.map((text) =>
    FORMS.reduce(
      (plain, { form, as }, index) => {
        const known = seen[index] ?? new Map<string, string>();
        return plain.replace(form, (found) => {
          const name = known.get(found) ?? as(known.size + 1);
          known.set(found, name);
          return name;
        });
      },
      fixed(text, Date.parse(begin)),
    ),
  );
}

function fixed(text: string, begin: number): string {
  return text
    .replaceAll(RELEASE.signature, `${RELEASE.name} RELEASE`)
    .replaceAll(TIME, (time) => {
      const minutes = Math.round((Date.parse(time) - begin) / MINUTE_MS);
      return new Date(BEGIN + minutes * MINUTE_MS).toISOString();
    })
    .replaceAll(/(?<=(?:localhost|127\.0\.0\.1|\[::1\]):)\d+/g, '8443')
    .replaceAll(/(?<=-----BEGIN [A-Z0-9 ]+-----\s)[^-]*/g, '…\n');
}
