/**
 * Makes a support bundle: one archive of all that support asks for, of a provider that runs or not. Nothing of what
 * is looked at is changed, a source that fails is noted and not missed by the others, and what takes the bundle's
 * name is whole and on the disk.
 */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { LoadedConfig } from '../../config/load.ts';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import { RELEASE } from '../../release/release.ts';
import { type DatabaseCopy, databaseCopy } from '../database-copy.ts';
import { findInstallation, type Installation, settingsInForce } from '../installation.ts';
import { within } from '../within.ts';
import { pack } from './archive.ts';
import {
  finderOf,
  LEAST_CHARACTERS,
  linesOfKeys,
  secretsOfConfig,
  secretsOfEnvironment,
  secretsOfProcess,
} from './known-secrets.ts';
import { FORMAT, MANIFEST, type Manifest, readme } from './manifest.ts';
import { createRedactor, RULES } from './redactor.ts';
import type { SourceContext, SourceOutcome } from './source.ts';
import { SOURCES } from './sources.ts';
import { createStaging, type Staging } from './staging.ts';

export interface BundleWish {
  readonly loaded: LoadedConfig;
  /** Whose secret variables are looked for in everything. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Undefined: a name with the time, in the present folder. It must not be there. */
  readonly out: string | undefined;
  /** How far back the log goes; undefined: as far as there is room. */
  readonly sinceSeconds: number | undefined;
  readonly bodies: 'none' | 'redacted';
  readonly clock: Clock;
  /** Aborted: whoever waited has gone, and nothing is to be left. */
  readonly signal?: AbortSignal;
  /** In place of `LIMITS.supportLogBytes`. */
  readonly logBytes?: number;
}

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
  readonly manifest: Manifest;
  /** How often something was hidden. */
  readonly hidden: number;
}

const UNFINISHED = '.unfinished-support-bundle-';

/** Makes it, readable by its owner alone. Rejects when the file is there, or cannot be written; nothing is left then. */
export async function makeBundle(wish: BundleWish): Promise<Bundle> {
  const now = wish.clock.now();
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const name = `keelson-support-${stamp}`;
  const file = resolve(wish.out ?? `${name}.tar.gz`);
  if (existsSync(file)) throw new RangeError(`${file} is there already; nothing is overwritten`);
  const folder = mkdtempSync(join(dirname(file), UNFINISHED));
  const installation = await findInstallation(wish.loaded.config.dataDir);
  const copy = databaseCopy(installation);
  try {
    const content = join(folder, name);
    const known = await finderFor(wish, installation, copy);
    const bundle = createStaging(content, createRedactor({ known, bodies: wish.bodies }));
    const loaded = settingsInForce(installation, wish.loaded);
    const context = contextOf({ ...wish, loaded }, { installation, copy, bundle }, now);
    const manifest = await gather(context, wish);
    const packed = join(folder, basename(file));
    const names = manifest.files.map((each) => each.name);
    await pack({ file: packed, folder: content, prefix: name, names: [MANIFEST, ...names], now });
    renameSync(packed, file);
    const { size: bytes } = await stat(file);
    const hidden = bundle.redactor.report().reduce((sum, { count }) => sum + count, 0);
    return { file, bytes, manifest, hidden };
  } finally {
    copy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function contextOf(
  { loaded, clock, sinceSeconds, logBytes = LIMITS.supportLogBytes }: BundleWish,
  parts: Pick<SourceContext, 'installation' | 'copy' | 'bundle'>,
  now: EpochMs,
): SourceContext {
  const since = sinceSeconds === undefined ? undefined : epochMs(now - sinceSeconds * 1_000);
  return { ...parts, loaded, clock, since, logBytes };
}

/** What finds the secrets that can be known; a source of them that fails has none. */
async function finderFor(
  { loaded, environment, clock }: BundleWish,
  { dataDir, holders }: Installation,
  copy: DatabaseCopy,
): Promise<RegExp | undefined> {
  const hashes = await passwordHashes(copy, clock).catch(() => []);
  const secrets = [
    ...secretsOfEnvironment(environment),
    ...holders.flatMap(secretsOfProcess),
    ...secretsOfConfig(loaded.config),
    ...hashes,
  ];
  return finderOf(secrets, linesOfKeys(dataDir));
}

async function passwordHashes(copy: DatabaseCopy, clock: Clock): Promise<readonly string[]> {
  const store = await copy.openStore(clock);
  try {
    return (await store.users()).map(({ passwordHash }) => passwordHash);
  } finally {
    await store.close();
  }
}

async function gather(context: SourceContext, wish: BundleWish): Promise<Manifest> {
  const { bundle, installation } = context;
  const sources: SourceOutcome[] = [];
  const until = wish.clock.now() + LIMITS.supportAllMs;
  for (const { name, collect } of SOURCES) {
    try {
      if (wish.clock.now() > until) throw new Error('left out: the others took too long');
      const notes = await within(LIMITS.supportSourceMs, () => collect(context), wish.signal);
      sources.push({ source: name, outcome: 'collected', notes });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      sources.push({ source: name, outcome: 'failed', notes: [why] });
      wish.signal?.throwIfAborted();
    }
  }
  const { answering, dataDir, state } = installation;
  const head = {
    createdAt: new Date(wish.clock.now()).toISOString(),
    release: RELEASE.signature,
    provider: { state, dataDir, release: answering?.status.release, pid: answering?.status.pid },
  };
  bundle.text('README.txt', readme(head, sources));
  addRedaction(bundle);
  const { since } = context;
  const asked = {
    since: since === undefined ? undefined : new Date(since).toISOString(),
    bodies: wish.bodies,
  };
  const product = 'keelson support bundle' as const;
  const files = [...bundle.files()];
  const noted = sources.map((each) => ({ ...each, notes: [...each.notes] }));
  const manifest: Manifest = { format: FORMAT, product, ...head, asked, sources: noted, files };
  bundle.data(MANIFEST, manifest);
  return manifest;
}

/** What was hidden, without what it was. The manifest comes after it, and has names and figures alone. */
function addRedaction({ data, redactor }: Staging): void {
  data('redaction.json', {
    rules: RULES,
    note: `known secrets of less than ${LEAST_CHARACTERS} characters are hidden only where their name stands beside them`,
    hidden: redactor.report(),
  });
}
