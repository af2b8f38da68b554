/**
 * Loaded into the provider's process by the soak (`--import`): every second it writes what the process knows of
 * itself, heap and event loop delay since the last reading was taken, to the file that SOAK_PROBE names.
 * Plain JavaScript, since the built provider runs without a loader. It knows nothing of the provider.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env['SOAK_PROBE'];
const delay = monitorEventLoopDelay({ resolution: 10 });
let leastHeap = Number.POSITIVE_INFINITY;
delay.enable();

function look() {
  const { heapUsed } = process.memoryUsage();
  // A reader takes the file away; from then on a new reading begins.
  if (!existsSync(file)) {
    delay.reset();
    leastHeap = Number.POSITIVE_INFINITY;
  }
  leastHeap = Math.min(leastHeap, heapUsed);
  const milliseconds = (nanoseconds) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e6 : 0);
  const reading = {
    heapBytes: leastHeap,
    delayP99Ms: milliseconds(delay.percentile(99)),
    delayMaxMs: delay.count === 0 ? 0 : milliseconds(delay.max),
  };
  writeFileSync(`${file}.new`, JSON.stringify(reading));
  renameSync(`${file}.new`, file);
}

if (file !== undefined) setInterval(look, 1_000).unref();
