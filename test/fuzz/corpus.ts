/**
 * The corpus: inputs that are worth sending again. Each is a file of `corpus/`: a line of JSON that says how it
 * is sent, then its bytes. Failures that a run has found are kept in it, made small, and every test run sends all.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ApiVersion } from '../support/soap-client.ts';
import type { Input } from './stage.ts';

const FOLDER = new URL('./corpus/', import.meta.url);

export interface Kept {
  readonly name: string;
  readonly input: Input;
}

interface Heading {
  readonly version: ApiVersion;
  readonly soap: '1.1' | '1.2';
  readonly action?: string;
  /** For readers: what it is there for. */
  readonly why: string;
}

/** All of them, by name. */
export function corpus(): readonly Kept[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.input'));
  return names.toSorted().map((name) => {
    const bytes = readFileSync(new URL(name, FOLDER));
    const end = bytes.indexOf('\n');
    // Written by `keep`, or by hand in its form.
    const { version, soap, action } = JSON.parse(bytes.toString('utf8', 0, end)) as Heading;
    return { name, input: { version, soap, action, body: bytes.subarray(end + 1) } };
  });
}

/** Adds an input. Gives its name; the same input has the same one. */
export function keep({ version, soap, action, body }: Input, why: string): string {
  const heading: Heading = { version, soap, ...(action !== undefined && { action }), why };
  const hash = createHash('sha256').update(`${version} ${soap} ${action} `).update(body);
  const name = `${hash.digest('hex').slice(0, 12)}.input`;
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(heading)}\n`), body]);
  writeFileSync(new URL(name, FOLDER), bytes);
  return name;
}
