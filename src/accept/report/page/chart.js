/** The chart of all calls over the time of the run, by uPlot. The page is whole without it. */
/* global uPlot */

const KINDS = [
  ['answered', '--passed', (each) => each.fault === undefined && each.complaints.length === 0],
  ['fault', '--known', (each) => each.fault !== undefined && each.complaints.length === 0],
  ['wrong in itself', '--failed', (each) => each.complaints.length > 0],
];

const HEIGHT = 320;
const DRAG_PIXELS = 4;

/** Draws into `place`, again when its width or the colours change; `open(exchange)` when a call is clicked. */
export function drawChart(place, exchanges, open) {
  const calls = [...exchanges].sort((a, b) => a.at - b.at);
  if (calls.length === 0) return;
  let chart;
  const draw = () => {
    chart?.destroy();
    chart = new uPlot(optionsFor(place), seriesOf(calls), place);
  };
  draw();
  let pressedAt = 0;
  place.addEventListener('pointerdown', ({ clientX }) => {
    pressedAt = clientX;
  });
  place.addEventListener('click', ({ clientX, target }) => {
    const { idx } = chart.cursor;
    // A drag ends in a click too, and the legend is clicked to hide a kind.
    const isDrag = Math.abs(clientX - pressedAt) > DRAG_PIXELS;
    if (typeof idx === 'number' && !isDrag && target.closest('.u-over') !== null) open(calls[idx]);
  });
  new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT })).observe(
    place,
  );
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}

/** uPlot's data: seconds since the first call, then the milliseconds of each kind, null where it is another. */
export function seriesOf(calls) {
  const begun = calls[0].at;
  return [
    calls.map(({ at }) => (at - begun) / 1000),
    // A logarithmic axis has no 0: what took less than a millisecond is shown as half of one.
    ...KINDS.map(([, , isOne]) =>
      calls.map((each) => (isOne(each) ? Math.max(each.ms, 0.5) : null)),
    ),
  ];
}

function optionsFor(place) {
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(name).trim();
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 } };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    scales: { x: { time: false }, y: { distr: 3 } },
    axes: [
      { ...axis, label: 'seconds since the first call' },
      { ...axis, label: 'milliseconds', size: 70 },
    ],
    series: [
      { label: 'seconds' },
      ...KINDS.map(([label, name]) => ({
        label: `${label}, ms`,
        stroke: colour(name),
        paths: () => null,
        points: { show: true, size: 6, fill: colour(name) },
      })),
    ],
  };
}
