/**
 * How long something took, and what it took of this process and of the provider's meanwhile: where the load
 * generator itself was busy all the time, the figures are its own.
 */
import type { Fact } from './parts/part.ts';
import type { Processes } from './processes.ts';

export interface Watched {
  readonly seconds: number;
  /** Of one processor: this process. */
  readonly generatorShare: number;
  /** Of one processor; undefined: not known. */
  readonly providerShare: number | undefined;
  readonly facts: readonly Fact[];
}

/** From this share of one processor on the generator is said to be what limits. */
const GENERATOR_BUSY = 0.9;

/** Starts to watch; the function ends it. */
export function watched(processes: Processes | undefined): () => Watched {
  const start = performance.now();
  const own = process.cpuUsage();
  const before = processes?.usage();
  return () => {
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(own);
    const generator = (user + system) / 1e6 / seconds;
    const after = processes?.usage();
    const providerShare =
      before === undefined || after === undefined
        ? undefined
        : (after.processorSeconds - before.processorSeconds) / seconds;
    const limits = generator >= GENERATOR_BUSY ? ' (it is what limits)' : '';
    return {
      seconds,
      generatorShare: generator,
      providerShare,
      facts: [
        { name: 'time', value: seconds, unit: 's' },
        {
          name: 'load generator, of one processor',
          value: `${percent(generator)}${limits}`,
          unit: '',
        },
        ...(providerShare === undefined
          ? []
          : [{ name: 'provider, of one processor', value: percent(providerShare), unit: '' }]),
        ...(after === undefined
          ? []
          : [{ name: 'provider, memory', value: after.memoryMB, unit: 'MB' }]),
      ],
    };
  };
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
