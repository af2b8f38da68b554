/** Scenarios: filtered, grouped by chapter, each with its reasons and its exchanges; and one of them as Markdown. */
import { copy, descriptions, folded, make } from './elements.js';
import { endingOf, exchangeLine } from './exchanges.js';
import { prettyXml } from './xml.js';

/** Outcomes with the sign and the words they are shown by, worst first. */
export const OUTCOMES = {
  failed: ['✘', 'failed'],
  known: ['≈', 'known difference'],
  skipped: ['–', 'skipped'],
  passed: ['✔', 'passed'],
};

/** The scenarios that a filter `{ outcomes: Set, chapter, text }` lets through. */
export function filtered(scenarios, exchanges, { outcomes, chapter, text }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return scenarios.filter((each) => {
    if (!outcomes.has(each.outcome) || (chapter !== '' && each.chapter !== chapter)) return false;
    if (words.length === 0) return true;
    const operations = each.exchanges.map((number) => exchanges.get(number)?.operation ?? '');
    const all = [each.id, each.sentence, each.proves, ...each.reasons, ...operations];
    const searched = all.join('\n').toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

/** One scenario as Markdown: what to paste into an issue about it. */
export function scenarioMarkdown(scenario, exchanges) {
  const { id, sentence, proves, source, outcome, reasons } = scenario;
  const told = scenario.exchanges
    .map((number) => exchanges.get(number))
    .filter((each) => each !== undefined);
  const wrong = told.filter(({ complaints }) => complaints.length > 0);
  // The last of its own steps is where a scenario stopped, when no answer was wrong in itself.
  const stopped = told.slice(0, scenario.steps).slice(-1);
  const shown = outcome === 'failed' ? [...new Set([...wrong, ...stopped])] : [];
  return [
    `### ${id}: ${OUTCOMES[outcome][1]}`,
    '',
    `${sentence}.`,
    `Proves: ${proves} Source: ${source.text} (${source.mark}).`,
    '',
    ...reasons.map((reason) => `- ${reason}`),
    '',
    ...told.map(
      (each) =>
        `    ${each.number} ${each.client} ${each.operation}: ${endingOf(each)}, ${each.ms} ms`,
    ),
    ...shown.flatMap((each) => [
      '',
      `Exchange ${each.number}:`,
      '',
      '```xml',
      prettyXml(each.request),
      prettyXml(each.answer),
      '```',
    ]),
    '',
  ].join('\n');
}

/** The list, chapter by chapter. */
export function scenarioList(scenarios, exchanges) {
  const chapters = [...new Set(scenarios.map(({ chapter }) => chapter))];
  return chapters.flatMap((chapter) => [
    make('h3', {}, chapter),
    ...scenarios
      .filter((each) => each.chapter === chapter)
      .map((each) => scenarioPart(each, exchanges)),
  ]);
}

function scenarioPart(scenario, exchanges) {
  const { id, sentence, outcome, ms, reasons } = scenario;
  const [sign, word] = OUTCOMES[outcome];
  const summary = [
    make('span', { class: `outcome ${outcome}` }, `${sign} ${word}`),
    ` ${sentence} `,
    make('span', { class: 'facts' }, `${id}, ${ms} ms`),
  ];
  return folded(summary, { id: `scenario-${id}` }, () => [
    reasons.length === 0
      ? undefined
      : make('ul', {}, ...reasons.map((each) => make('li', {}, each))),
    descriptions([
      ['Proves', scenario.proves],
      ['Source', `${scenario.source.text} (${scenario.source.mark})`],
      ['Begun', scenario.startedAt],
    ]),
    make(
      'button',
      { type: 'button', onclick: () => copy(scenarioMarkdown(scenario, exchanges)) },
      'Copy this scenario as Markdown',
    ),
    ...exchangeLines(scenario.exchanges.slice(0, scenario.steps), exchanges),
    scenario.steps < scenario.exchanges.length
      ? make('p', { class: 'quiet' }, 'Taken back at its end:')
      : undefined,
    ...exchangeLines(scenario.exchanges.slice(scenario.steps), exchanges),
  ]);
}

/** Lines of exchanges by their numbers. */
export function exchangeLines(numbers, exchanges) {
  return numbers
    .map((number) => exchanges.get(number))
    .filter((each) => each !== undefined)
    .map(exchangeLine);
}
