/** What a bundle is gathered from: each source by itself, so that one that fails takes no other with it. */
import type { LoadedConfig } from '../../config/load.ts';
import type { Clock } from '../../model/clock.ts';
import type { EpochMs } from '../../model/units.ts';
import type { DatabaseCopy } from '../database-copy.ts';
import type { Installation } from '../installation.ts';
import type { Staging } from './staging.ts';

export interface SourceContext {
  readonly installation: Installation;
  readonly loaded: LoadedConfig;
  readonly copy: DatabaseCopy;
  readonly clock: Clock;
  /** Nothing of the log before that; undefined: all of it, newest first, as far as there is room. */
  readonly since: EpochMs | undefined;
  /** How much of the log there is room for. */
  readonly logBytes: number;
  readonly bundle: Staging;
}

/** Puts its files into the bundle, and gives what the reader must know: what was left out, what could not be had. */
export type Collect = (context: SourceContext) => Promise<readonly string[]>;

export interface Source {
  /** As in MANIFEST.json. */
  readonly name: string;
  readonly collect: Collect;
}

/** What became of a source. */
export interface SourceOutcome {
  readonly source: string;
  readonly outcome: 'collected' | 'failed';
  readonly notes: readonly string[];
}
