/**
 * The metrics of one provider as the library keeps them, made from the catalogue in a registry of their own:
 * several providers in one process do not share figures. Knows nothing of what is measured.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName, type NameOf } from './catalogue.ts';
import type { Reading } from './reading.ts';

/** Seconds: a poll takes one or two milliseconds, hosts give up after half a minute. */
const BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

export interface Instruments {
  counter(name: NameOf<'counter'>): Counter;
  histogram(name: NameOf<'histogram'>): Histogram;
  /** Puts these in the place of all earlier readings of the metrics that they name. */
  show(readings: readonly Reading[]): void;
  /** Removes what was shown of these. */
  hide(names: readonly MetricName[]): void;
  /** In Prometheus' text form. */
  text(): Promise<string>;
}

/** Makes every metric of the catalogue. */
export function createInstruments(): Instruments {
  const registry = new Registry();
  const registers = [registry];
  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  const histograms = new Map<MetricName, Histogram>();
  for (const [name, { type, help, labels }] of entriesOf(METRICS)) {
    const made = { name, help, labelNames: Object.keys(labels), registers };
    if (type === 'counter') counters.set(name, new Counter(made));
    else if (type === 'gauge') gauges.set(name, new Gauge(made));
    else histograms.set(name, new Histogram({ ...made, buckets: BUCKETS }));
  }
  const hide: Instruments['hide'] = (names) => {
    for (const name of names) {
      gauges.get(name)?.reset();
      counters.get(name)?.reset();
      // A gauge without labels begins at 0 instead of being absent.
      if (Object.keys(METRICS[name].labels).length === 0) gauges.get(name)?.remove();
    }
  };
  // Until somebody has shown a value there is none.
  hide([...gauges.keys()]);
  return {
    counter: (name) => existing(counters.get(name)),
    histogram: (name) => existing(histograms.get(name)),
    show: (readings) => {
      hide([...new Set(readings.map(({ name }) => name))]);
      for (const { name, labels, value } of readings) {
        gauges.get(name)?.set(labels, value);
        counters.get(name)?.inc(labels, value);
      }
    },
    hide,
    text: () => registry.metrics(),
  };
}

function entriesOf(metrics: typeof METRICS) {
  // The keys of the catalogue are its names and nothing else.
  return Object.entries(metrics) as [MetricName, (typeof METRICS)[MetricName]][];
}

function existing<Instrument>(instrument: Instrument | undefined): Instrument {
  if (instrument === undefined) throw new Error('the catalogue does not have this metric');
  return instrument;
}
