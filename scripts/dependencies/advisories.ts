/**
 * Known weaknesses of the packages that the product runs with: what `npm audit` says, held against the ones that
 * stay for a reason (.ci/advisories.json). An answer is data from the network: whatever its form is, it is read
 * without trust.
 */
import { z } from 'zod';

/** An advisory that stays. It is looked at again after `until` (a day, e.g. `2027-06-30`). */
const explained = z.array(
  z.strictObject({
    id: z.string().min(1),
    package: z.string().min(1),
    reason: z.string().min(20),
    until: z.iso.date(),
  }),
);

export type Explained = z.infer<typeof explained>[number];

const advisory = z.object({ url: z.string(), title: z.string(), severity: z.string() });
const answer = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), advisory])) }),
  ),
});

export interface Advisory {
  /** The last part of its address, e.g. `GHSA-xxxx-xxxx-xxxx`. */
  readonly id: string;
  readonly package: string;
  readonly title: string;
  readonly severity: string;
}

/** The list of `.ci/advisories.json`. Throws when it is malformed. */
export function readExplained(text: string): readonly Explained[] {
  return explained.parse(JSON.parse(text));
}

/** What `npm audit --json` found; undefined when it could not ask. */
export function readAudit(text: string): readonly Advisory[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = answer.safeParse(read);
  if (!parsed.success) return undefined;
  const found = new Map<string, Advisory>();
  for (const [name, { via }] of Object.entries(parsed.data.vulnerabilities))
    for (const each of via) {
      // A name leads to another entry of the list, which has the advisory.
      if (typeof each === 'string') continue;
      const { url, title, severity } = each;
      const id = url.split('/').at(-1) ?? url;
      found.set(`${name} ${id}`, { id, package: name, title, severity });
    }
  return [...found.values()];
}

/** What npm says of not having been able to ask. */
export function whyNot(text: string): string {
  const said = /"message":\s*"([^"]*)"/.exec(text)?.[1];
  return said ?? (text.trim() === '' ? 'no answer in time' : 'an answer that cannot be read');
}

export interface Judged {
  /** Nobody has said why they stay, or the day to look again has passed. */
  readonly unexplained: readonly Advisory[];
  readonly explained: readonly Advisory[];
  /** Explanations of what is not found any more. */
  readonly idle: readonly Explained[];
}

/** `today`: a day as `2026-11-23`. */
export function judged(
  found: readonly Advisory[],
  list: readonly Explained[],
  today: string,
): Judged {
  const reasonFor = (each: Advisory) =>
    list.find((own) => own.id === each.id && own.package === each.package && own.until >= today);
  return {
    unexplained: found.filter((each) => reasonFor(each) === undefined),
    explained: found.filter((each) => reasonFor(each) !== undefined),
    idle: list.filter((own) => !found.some(({ id }) => id === own.id)),
  };
}
