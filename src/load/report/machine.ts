/** The machine that a load run was made on, in words. The provider may run on another. */
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';

const GB = 1024 ** 3;

export function machineWords(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return `The load came from ${availableParallelism()} processors (${model}), ${Math.round(totalmem() / GB)} GB, ${platform()} ${release()}, Node ${process.versions.node}.`;
}
