/** docs/footprint.md: what the provider takes of a machine, from the figures that `npm run footprint` measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = join(import.meta.dirname, '../../docs/footprint.json');

const figures = z.strictObject({
  /** Day of the measurement. */
  date: z.string(),
  /** Signature of what was measured. */
  release: z.string(),
  machine: z.string(),
  /** Other work on the machine, as the load average when it began. */
  loadAverage: z.number(),
  disk: z.strictObject({ programMB: z.number(), packagesMB: z.number(), nodeMB: z.number() }),
  /** Data folder right after the first start. */
  emptyDataMB: z.number(),
  /** Processor time until it serves: what a busy machine does not change. */
  startSeconds: z.number(),
  rows: z.array(
    z.strictObject({
      hosts: z.number(),
      memoryMB: z.number(),
      /** Of one processor. */
      processorShare: z.number(),
      dataMB: z.number(),
    }),
  ),
});

export type FootprintFigures = z.infer<typeof figures>;

/** The figures in the form that `npm run footprint` writes. Throws when they have another. */
export function readFootprint(text: string): FootprintFigures {
  return figures.parse(JSON.parse(text));
}

const HEAD = `# Footprint

Made by \`npm run docs\` from the figures of \`npm run footprint\`; do not edit.

The least that an installation takes: the provider as it is delivered, with the simulated array in the same process, on a
new data folder. Hosts are played by \`keelson bench\` from the same machine: each has a certificate and a session of its own
over mutual TLS, and asks for events and alarms every ten seconds, as hosts do that have nothing else to do. What work
takes on top of that stands in [performance](performance.md).
`;

/** The page. */
export function footprintPage(): string {
  const { date, release, machine, loadAverage, disk, emptyDataMB, startSeconds, rows } =
    readFootprint(readFileSync(FILE, 'utf8'));
  const sum = disk.programMB + disk.packagesMB + disk.nodeMB;
  return [
    HEAD,
    `## ${date}, ${release}\n`,
    `${machine} Load average when it began: ${loadAverage.toFixed(1)}.\n`,
    '| disk | MB |',
    '|---|---|',
    `| the program | ${disk.programMB.toFixed(1)} |`,
    `| packages it runs with | ${disk.packagesMB.toFixed(1)} |`,
    `| Node.js | ${disk.nodeMB.toFixed(1)} |`,
    `| together | ${sum.toFixed(1)} |`,
    `| data folder after the first start | ${emptyDataMB.toFixed(1)} |\n`,
    `From the start of the process until it serves: ${startSeconds.toFixed(1)} s of one processor, a new key and certificate included.\n`,
    '| hosts registered and polling | memory, resident MB | of one processor | data folder MB |',
    '|---|---|---|---|',
    ...rows.map(
      ({ hosts, memoryMB, processorShare, dataMB }) =>
        `| ${hosts === 0 ? 'none, idle' : hosts.toLocaleString('en')} | ${Math.round(memoryMB)} | ${(processorShare * 100).toFixed(1)} % | ${dataMB.toFixed(1)} |`,
    ),
    '\nMB are 2^20 bytes. Memory is all that is resident at the end of the row, the program’s own pages and files that are mapped',
    'included. Logs come on top: their files are bounded by `log.maxFileMB` × `log.maxFiles` ([configuration](configuration.md)).',
    '',
  ].join('\n');
}
