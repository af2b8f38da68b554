/** What is out of the ordinary, above every view: an end that is near, and what somebody has switched on. */

import { duration, moment } from './format.js';
import { html } from './html.js';
import { linkTo } from './route.js';

const DAY_MS = 86_400_000;
const WARN_DAYS = 30;
const ALARM_DAYS = 7;

/** @typedef {import('../admin/shapes/operator.ts').StatusReport} StatusReport */

/** @param {{ status: StatusReport | undefined }} properties */
export function Notices({ status }) {
  if (status === undefined) return undefined;
  const all = [certificateNotice(status), ...switchNotices(status)].filter(
    (each) => each !== undefined,
  );
  if (all.length === 0) return undefined;
  return html`<section class="notices" aria-label="Out of the ordinary">
    ${all.map(
      ({ tone, text, view, go }) =>
        html`<p class="banner ${tone} row"><span>${text}</span><a href=${linkTo(view)}>${go}</a></p>`,
    )}
  </section>`;
}

/** @param {StatusReport} status */
function certificateNotice({ certificateNotAfter, clock }) {
  const left = new Date(certificateNotAfter).getTime() - new Date(clock.now).getTime();
  if (left > WARN_DAYS * DAY_MS) return undefined;
  const tone = left > ALARM_DAYS * DAY_MS ? 'warn' : 'bad';
  const text =
    left < 0
      ? `The provider’s certificate has ended, ${duration(left)} ago: vCenter and hosts refuse the provider.`
      : `The provider’s certificate ends in ${duration(left)}, at ${moment(certificateNotAfter)}.`;
  return { tone, text, view: 'trust', go: 'Renew it' };
}

/** @param {StatusReport} status */
function switchNotices({ arrayAnswers, verbose, clock, faultRules }) {
  return [
    arrayAnswers
      ? undefined
      : {
          tone: 'bad',
          text: 'The array does not answer: volumes cannot be shown or changed until it does.',
          view: 'events',
          go: 'Events',
        },
    verbose.length === 0
      ? undefined
      : {
          tone: 'warn',
          text: `Verbose is on (${verbose.map(({ target, until }) => `${target} until ${moment(until)}`).join(', ')}): SOAP is kept in the log.`,
          view: 'requests',
          go: 'Requests',
        },
    clock.offsetMs === 0
      ? undefined
      : {
          tone: 'warn',
          text: `The clock is ${duration(clock.offsetMs)} ${clock.offsetMs > 0 ? 'ahead of' : 'behind'} the machine’s.`,
          view: 'clock',
          go: 'Clock',
        },
    faultRules === 0
      ? undefined
      : {
          tone: 'warn',
          text: `${faultRules === 1 ? 'A fault rule makes' : `${faultRules} fault rules make`} calls fail on purpose.`,
          view: 'faults',
          go: 'Fault rules',
        },
  ].filter((each) => each !== undefined);
}
