/** What a bundle says of itself: MANIFEST.json. It stands first in the archive and names all other files. */
import { z } from 'zod';
import type { SourceOutcome } from './source.ts';

export const MANIFEST = 'MANIFEST.json';
/** Raised when an older release could not read what a newer one writes. */
export const FORMAT = 1;

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  product: z.literal('keelson support bundle'),
  /** Signature of the release that gathered it. */
  release: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** Whether a provider ran, and of which release it was. */
  provider: z.object({
    state: z.enum(['running', 'silent', 'stopped', 'absent']),
    release: z.string().optional(),
    pid: z.number().optional(),
    dataDir: z.string(),
  }),
  /** How it was asked for. */
  asked: z.object({ since: z.string().optional(), bodies: z.enum(['none', 'redacted']) }),
  /** What became of each source. */
  sources: z.array(
    z.object({
      source: z.string(),
      outcome: z.enum(['collected', 'failed']),
      notes: z.array(z.string()),
    }),
  ),
  /** All files but this one. */
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string().length(64) })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The text of README.txt: what the bundle is, for whoever unpacks it. */
export function readme(
  { createdAt, release, provider }: Pick<Manifest, 'createdAt' | 'release' | 'provider'>,
  sources: readonly SourceOutcome[],
): string {
  const missing = notesOf(sources);
  return [
    `Support bundle of ${release}, made at ${createdAt}.`,
    `The data folder was ${provider.dataDir}; provider: ${provider.state}.`,
    '',
    'Begin with doctor.json (what is wrong, and what to do), then status.json and logs/.',
    '  doctor.json          every check, with what was seen and what to do',
    '  logs/                the log, oldest first; keelson log tells its story',
    '  lives.json           when the provider started, and how it ended',
    '  config.json          settings and where each comes from',
    '  certificates/        public parts, days left, who connected with what',
    '  database/            shape, soundness and numbers of rows; no contents',
    '  audit/               changes by the operator and of trust, with the proof of their chain',
    '  machine.json, versions.json',
    '  status, inventory, sessions, tasks, bindings, events, alarms, requests, metrics: of a running provider',
    '  redaction.json       what was hidden where, and how often; never what it was',
    '  MANIFEST.json        all files with SHA-256; keelson support-bundle verify checks them',
    '',
    missing.length === 0 ? 'Nothing is missing.' : 'What is missing, or in part:',
    ...missing,
  ].join('\n');
}

/** What could not be had, a line for each reason with the sources that it holds for. */
export function notesOf(sources: readonly SourceOutcome[]): readonly string[] {
  const byNote = new Map<string, string[]>();
  for (const { source, notes } of sources)
    for (const note of notes) byNote.set(note, [...(byNote.get(note) ?? []), source]);
  return [...byNote].map(([note, names]) => `  ${names.join(', ')}: ${note}`);
}
