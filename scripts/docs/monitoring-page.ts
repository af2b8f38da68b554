/** docs/monitoring.md: written by hand but for its tables of metrics, from the catalogue and from the library. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { METRICS } from '../../src/metrics/catalogue.ts';
import { filled } from './filled.ts';

interface Told {
  readonly name: string;
  readonly help: string;
}

/** What the library measures of the process itself. Some of it on Linux alone, where the page is made. */
export function processMetrics(): readonly Told[] {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // The library's own types leave out what every metric has.
  return registry.getMetricsAsArray() as unknown as readonly Told[];
}

function ownTable(): string {
  const rows = Object.entries(METRICS).map(([name, { type, labels, help }]) => {
    const told = Object.entries(labels).map(([label, meaning]) => `\`${label}\`: ${meaning}`);
    return `| \`${name}\` | ${type} | ${told.join('; ') || '–'} | ${help} |`;
  });
  return ['| metric | kind | labels | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function processTable(): string {
  const rows = processMetrics().map(({ name, help }) => `| \`${name}\` | ${help} |`);
  return ['| metric | meaning |', '|---|---|', ...rows].join('\n');
}

export function monitoringPage(): string {
  return filled('monitoring.md', { metrics: ownTable(), process: processTable() });
}
