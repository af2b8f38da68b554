/** Tables of what is offered, what was called, how it ended and how long it took. */
import { make, table, wide } from './elements.js';
import { OUTCOMES } from './scenarios.js';

const NAME = { title: 'operation', cell: ({ operation }) => operation };
const API = { title: 'VASA', cell: ({ api }) => api };

function number(title, key) {
  return { title, isNumber: true, cell: (row) => `${row[key]}` };
}

function listed(items) {
  return items.length === 0 ? '–' : items.join(', ');
}

/** What the provider claims. */
export function claimsTable(claims) {
  const columns = [
    { title: 'capability', cell: ({ what }) => what },
    { title: 'offered', cell: ({ values }) => listed(values) },
  ];
  return table('What it claims to offer', columns, claims);
}

/** What scenarios need, whether it is offered, and how they ended. */
export function capabilitiesTable(capabilities) {
  const count = (outcome) => ({
    title: OUTCOMES[outcome][1],
    isNumber: true,
    cell: ({ scenarios }) => `${scenarios[outcome].length}`,
  });
  const columns = [
    { title: 'needed by scenarios', cell: ({ need }) => need },
    { title: 'offered', cell: ({ isOffered }) => (isOffered ? '✔ yes' : '– no') },
    ...Object.keys(OUTCOMES).map(count),
  ];
  return table('What scenarios need, and how those that need it ended', columns, capabilities);
}

/** Each operation with how its calls ended; `declared` has the faults by API version and operation. */
export function matrixTable(statistics, declared) {
  const seen = ({ faults }) => Object.entries(faults).map(([name, count]) => `${name} ${count}`);
  const unseen = ({ api, operation, faults }) =>
    (declared[api]?.[operation] ?? []).filter((name) => faults[name] === undefined);
  const columns = [
    NAME,
    API,
    number('calls', 'calls'),
    number('answered', 'answered'),
    { title: 'faults seen', cell: (row) => listed(seen(row)) },
    { title: 'declared faults not seen', cell: (row) => listed(unseen(row)) },
  ];
  return wide('Operations', table('What was called, and how it ended', columns, statistics));
}

/** Time by operation, with a bar for the eye. */
export function timesTable(statistics) {
  const called = statistics.filter(({ calls }) => calls > 0).sort((a, b) => b.p95 - a.p95);
  const max = `${Math.max(1, ...called.map(({ p95 }) => p95))}`;
  const bar = ({ p95 }) =>
    make('div', { class: 'bar' }, make('meter', { min: '0', max, value: `${p95}` }, `${p95} ms`));
  const columns = [
    NAME,
    API,
    number('calls', 'calls'),
    number('median', 'median'),
    number('95 %', 'p95'),
    number('longest', 'most'),
    { title: '95 % as a bar', cell: bar },
  ];
  const caption = 'Milliseconds by operation, slowest first';
  return wide('Time by operation', table(caption, columns, called));
}
