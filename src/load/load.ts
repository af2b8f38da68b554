/**
 * A load run against any provider, as a library: registers as a vCenter, runs the parts that were chosen one
 * after the other, takes everything back. It knows an address, credentials and the protocol.
 */
import { join } from 'node:path';
import { compileSchemas } from '../accept/client/schemas.ts';
import { meetTarget, TargetError, type TargetOptions } from '../accept/world/target.ts';
import { Undo } from '../accept/world/undo.ts';
import { packageRoot } from '../run/places.ts';
import { compileCodec } from '../wire/codec.ts';
import { service } from '../wire/generated/vasa-2.0/service.ts';
import { wordsOf } from './client/failure.ts';
import { Meter } from './meter.ts';
import { calls } from './parts/calls.ts';
import { mix } from './parts/mix.ts';
import { type Extent, type Part, type PartResult, resultOf } from './parts/part.ts';
import { polling } from './parts/polling.ts';
import { garbageStorm, slowStorm, storm } from './parts/storm.ts';
import { vmotion } from './parts/vmotion.ts';
import { processesOf } from './processes.ts';
import { openStage, type Stage } from './stage.ts';

/** Every part, in the order in which they run. */
const PARTS = {
  storm,
  'slow-storm': slowStorm,
  'garbage-storm': garbageStorm,
  vmotion,
  mix,
  polling,
  calls,
} as const satisfies Record<string, Part>;
export type PartName = keyof typeof PARTS;
export const PART_NAMES: readonly PartName[] = [
  'storm',
  'slow-storm',
  'garbage-storm',
  'vmotion',
  'mix',
  'polling',
  'calls',
];

export interface LoadOptions extends TargetOptions {
  readonly parts: readonly PartName[];
  readonly extent: Extent;
  /** Event types that hosts subscribe to; none: all. */
  readonly events: readonly string[];
  /** Of the provider's process, where it runs on this machine. */
  readonly pid?: number | undefined;
  readonly signal: AbortSignal;
  /** Time of day, ms since the epoch. */
  readonly now: () => number;
  /** Told what is being done. */
  readonly say: (sentence: string) => void;
}

export interface LoadResult {
  readonly startedAt: number;
  /** What the provider calls itself: its version as it registered, and its Server header. */
  readonly provider: string;
  readonly results: readonly PartResult[];
  /** What could not be taken back. */
  readonly left: readonly string[];
}

/** Runs the parts. Rejects when the provider cannot be met or registered with. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { parts, pid, now } = options;
  const startedAt = now();
  const results: PartResult[] = [];
  let provider = '';
  const withStage = async (stage: Stage) => {
    provider = stage.inventory.provider?.vasaProviderVersion ?? '';
    const processes = pid === undefined ? undefined : processesOf(pid);
    const { extent, signal, say } = options;
    for (const name of parts) {
      if (signal.aborted) break;
      results.push(...(await partOf(name, { stage, extent, signal, say, processes })));
    }
  };
  const left = await onStage(options, withStage);
  return { startedAt, provider, results, left };
}

/** Opens a stage, works on it, and takes it back, also when the work fails. What could not be taken back. */
export async function onStage(
  options: TargetOptions & Pick<LoadOptions, 'events' | 'now'>,
  work: (stage: Stage) => Promise<void>,
): Promise<readonly string[]> {
  const target = await meetTarget(options);
  const schemas = compileSchemas(join(packageRoot(), 'wsdl/vasa-2.0'));
  const contract = { api: '2.0', codec: compileCodec(service), schemas } as const;
  const undo = new Undo();
  const { timeoutMs, events, now } = options;
  let left: readonly string[] = [];
  try {
    const stage = openStage({ target, contract, timeoutMs, events, now }, undo);
    await work(await stage.catch(cannotOpen));
  } finally {
    left = await undo.all();
    schemas.dispose();
  }
  return left;
}

function cannotOpen(error: unknown): never {
  throw new TargetError(`the provider cannot be registered with: ${wordsOf(error)}`, {
    cause: error,
  });
}

async function partOf(
  name: PartName,
  context: Parameters<Part>[0],
): Promise<readonly PartResult[]> {
  try {
    return await PARTS[name](context);
  } catch (error) {
    const meter = new Meter();
    meter.failed(error);
    return [resultOf(name, 'it could not be run', meter, [])];
  }
}
