/** The clock that provider and array go by. Moving it is for trials: sessions, certificates and tasks run out by it. */
import { useEffect } from 'preact/hooks';
import { useApp } from '../app.js';
import { fieldsOf, useChange } from '../change.js';
import { duration, moment } from '../format.js';
import { html } from '../html.js';
import { Card, Change, Loaded, Page, Problem } from '../parts/page.js';
import { Facts } from '../parts/table.js';
import { useQuery } from '../query.js';

/** @typedef {import('../../admin/shapes/operator.ts').ClockReport} ClockReport */

const UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

const TICK_MS = 1_000;

export function Clock() {
  const clock = useQuery('/clock', ['clock']);
  useEffect(() => {
    const timer = setInterval(clock.again, TICK_MS);
    return () => clearInterval(timer);
  }, [clock.again]);
  return html`<${Page} title="Clock"
    lead="What provider and array take for the time of day. Log lines and durations stay on the machine’s time.">
    <${Loaded} query=${clock}>
      ${(/** @type {ClockReport} */ data) => html`
        <${Card} title="Now">
          <p class="clock figures">${moment(data.now)} <span class="quiet small">UTC</span></p>
          <${Facts} of=${[
            [
              'Against the machine',
              data.offsetMs === 0
                ? 'the same'
                : `${duration(data.offsetMs)} ${data.offsetMs > 0 ? 'ahead' : 'behind'}`,
            ],
            ['Can be moved', data.movable ? 'yes' : 'no: the setting clock.movable is off'],
          ]} />
        </${Card}>
        ${data.movable && html`<${Move} offsetMs=${data.offsetMs} />`}`}
    </${Loaded}>
  </${Page}>`;
}

/** @param {{ offsetMs: number }} properties */
function Move({ offsetMs }) {
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {Event} event */
  const move = (event) => {
    const { amount = '0', unit = 'hours', way } = fieldsOf(event);
    const milliseconds = Number(amount) * UNITS[unit] * (way === 'back' ? -1 : 1);
    change(
      {
        title: `Move the clock ${way} by ${amount} ${unit}?`,
        text: 'Sessions and certificates may run out at once, tasks that wait for the time end, and fault rules with a time come in force. What is written meanwhile keeps the moved times. Your own login is not touched. A restart puts the clock back.',
        verb: 'Move it',
        danger: true,
      },
      () => api.send('POST', '/clock/move', { milliseconds }),
      'The clock has been moved.',
    );
  };
  const reset = () =>
    change(
      {
        title: 'Put the clock back?',
        text: 'Provider and array go by the machine’s time again.',
        verb: 'Put it back',
      },
      () => api.send('POST', '/clock/reset'),
      'The clock is at the machine’s time.',
    );
  return html`<${Change} title="move the clock">
    <form onSubmit=${move}>
      <label>By<input name="amount" type="number" min="1" max="3650" defaultValue="1" required /></label>
      <label>Unit<select name="unit">${Object.keys(UNITS).map((unit) => html`<option value=${unit} selected=${unit === 'days'}>${unit}</option>`)}</select></label>
      <label>Which way<select name="way"><option value="on">on</option><option value="back">back</option></select></label>
      <button>Move the clock …</button>
      ${offsetMs !== 0 && html`<button type="button" onClick=${reset}>Back to the machine’s time …</button>`}
    </form>
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
