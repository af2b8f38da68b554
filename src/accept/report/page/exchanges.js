/** Exchanges: what was asked and answered, each a line that opens to the XML. */
import { folded, make } from './elements.js';
import { prettyXml } from './xml.js';

/** How an exchange ended, in a word or two. */
export function endingOf({ status, fault }) {
  if (status === 0) return 'no answer';
  return fault ?? 'answered';
}

/** The line of one exchange, with its XML one click away. */
export function exchangeLine(exchange) {
  const { number, client, api, operation, ms, status, complaints } = exchange;
  const summary = [
    make('span', { class: 'quiet' }, `${number} · ${client} · `),
    operation,
    ` ${endingOf(exchange)} `,
    make('span', { class: 'facts' }, `VASA ${api}, HTTP ${status}, ${ms} ms`),
    complaints.length === 0 ? undefined : make('strong', { class: 'failed' }, ' ✘ wrong in itself'),
  ].filter((each) => each !== undefined);
  return folded(summary, { id: `exchange-${number}` }, () => [
    complaints.length === 0
      ? undefined
      : make('ul', {}, ...complaints.map((words) => make('li', { class: 'failed' }, words))),
    ...message('Request', exchange.request),
    ...message('Answer', exchange.answer),
  ]);
}

function message(title, xml) {
  const label = `${title} XML`;
  const shown = xml === '' ? '(nothing)' : prettyXml(xml);
  return [
    make('div', { class: 'quiet' }, title),
    make('pre', { tabindex: '0', role: 'region', 'aria-label': label }, shown),
  ];
}
