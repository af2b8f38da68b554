/** The page: reads its data and fills each part. */
import { drawChart } from './chart.js';
import { byId, copy, descriptions, folded, make } from './elements.js';
import { capabilitiesTable, claimsTable, matrixTable, timesTable } from './operations.js';
import { exchangeLines, filtered, OUTCOMES, scenarioList } from './scenarios.js';

/** Fills the page from the data that it holds. */
export function openPage() {
  const report = JSON.parse(byId('data').textContent);
  // A long message is there once, however many calls had it.
  for (const exchange of report.exchanges)
    for (const part of ['request', 'answer'])
      exchange[part] = report.messages[exchange[part].sha256] ?? exchange[part];
  const exchanges = new Map(report.exchanges.map((each) => [each.number, each]));
  fillSummary(report);
  fillFilters(report, exchanges);
  fillProvider(report);
  fillOperations(report);
  drawChart(byId('chart'), report.exchanges, ({ number }) => {
    const owner = report.scenarios.find((each) => each.exchanges.includes(number));
    openAt([owner === undefined ? 'outside' : `scenario-${owner.id}`, `exchange-${number}`]);
  });
  byId('copy').addEventListener('click', () => copy(report.markdown));
  const followLink = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (/^(scenario|exchange)-/.test(id)) openAt([id]);
  };
  addEventListener('hashchange', followLink);
  followLink();
}

/** Opens parts, each inside the one before, and goes to the last. */
async function openAt(ids) {
  for (const id of ids) {
    const part = byId(id);
    if (part === null) return;
    // What a part holds is made when its toggle event comes, which is after this turn.
    if (!part.open)
      await new Promise((resolve) => {
        part.addEventListener('toggle', resolve, { once: true });
        part.open = true;
      });
    part.scrollIntoView({ block: 'nearest' });
    part.querySelector('summary').focus();
  }
}

function fillSummary({ summary }) {
  document.title = `Acceptance of ${summary.url}`;
  byId('title').textContent = document.title;
  byId('verdict').append(
    ...Object.entries(OUTCOMES).flatMap(([outcome, [sign, word]]) => [
      make('span', { class: `outcome ${outcome}` }, `${sign} ${summary[outcome]} ${word}`),
      ' ',
    ]),
  );
  const list = (items) => (items.length === 0 ? 'none' : items.join('; '));
  const rows = [
    ['Release', summary.servers.length === 0 ? 'no signature was sent' : list(summary.servers)],
    ['SOAP', summary.soap],
    ['Begun', summary.startedAt],
    ['Took', `${summary.seconds} s, ${summary.calls} calls`],
    ['Left behind', list(summary.left)],
    ['Listed as known, and passed', list(summary.settled)],
  ];
  byId('summary').replaceWith(descriptions(rows));
}

function fillFilters({ scenarios, exchanges: all }, exchanges) {
  const boxes = Object.entries(OUTCOMES).map(([outcome, [sign, word]]) => {
    const box = make('input', { type: 'checkbox', value: outcome, checked: '' });
    const count = scenarios.filter((each) => each.outcome === outcome).length;
    byId('outcomes').append(make('label', {}, box, ` ${sign} ${word} (${count})`));
    return box;
  });
  const chapters = [...new Set(scenarios.map(({ chapter }) => chapter))];
  byId('chapter').append(...chapters.map((each) => make('option', { value: each }, each)));
  const owned = new Set(scenarios.flatMap((each) => each.exchanges));
  const outside = all.map(({ number }) => number).filter((number) => !owned.has(number));
  const beside = folded(
    [`Calls before, between and after the scenarios: ${outside.length}`],
    { id: 'outside' },
    () => exchangeLines(outside, exchanges),
  );
  const show = () => {
    const outcomes = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
    const filter = { outcomes, chapter: byId('chapter').value, text: byId('text').value };
    const chosen = filtered(scenarios, exchanges, filter);
    byId('list').replaceChildren(...scenarioList(chosen, exchanges), beside);
    byId('shown').textContent = `${chosen.length} of ${scenarios.length} shown`;
  };
  byId('filters').addEventListener('input', show);
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  show();
}

function fillProvider({ facts, versionXml }) {
  const tables = facts.flatMap(({ title, things }) => [
    make('h3', {}, title),
    ...things.map((thing) => descriptions(thing)),
  ]);
  const document = folded(['version.xml'], {}, () => [make('pre', { tabindex: '0' }, versionXml)]);
  byId('facts').append(...tables, document);
}

function fillOperations({ claims, capabilities, statistics, operations }) {
  byId('claims').append(claimsTable(claims), capabilitiesTable(capabilities));
  byId('matrix').append(matrixTable(statistics, operations));
  byId('times').append(timesTable(statistics));
}
