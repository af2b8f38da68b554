/** The verbose switch: what is on, and how to switch it. Kept apart from what is shown, and confirmed. */

import { asked } from '../api.js';
import { useApp } from '../app.js';
import { fieldsOf, useChange } from '../change.js';
import { moment } from '../format.js';
import { html } from '../html.js';
import { Problem } from '../parts/page.js';

const MINUTE_S = 60;

/**
 * Switches verbose on, of one volume, or of what the form says.
 * @param {{ volume?: string }} properties
 */
export function VerboseForm({ volume }) {
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {Event} event */
  const send = (event) => {
    const { host, minutes } = fieldsOf(event);
    const target = volume !== undefined ? { volume } : host !== undefined ? { host } : {};
    const whose =
      volume !== undefined
        ? `volume ${volume}`
        : host !== undefined
          ? `host ${host}`
          : 'everything';
    change(
      {
        title: 'Switch verbose on?',
        text: `For ${minutes} minutes the SOAP of every request and answer of ${whose} is written to the log and kept for this page, passwords and session ids left out. The log grows faster; requests get a little slower.`,
        verb: 'Switch it on',
      },
      () => api.send('POST', '/verbose', { ...target, seconds: Number(minutes) * MINUTE_S }),
      `Verbose is on for ${whose}.`,
    );
  };
  return html`<form onSubmit=${send}>
      ${volume === undefined && html`<label><span>Host, vCenter or address <small>empty: everything</small></span><input name="host" /></label>`}
      <label>For<select name="minutes">
        <option value="5">5 minutes</option>
        <option value="15">15 minutes</option>
        <option value="60">an hour</option>
      </select></label>
      <button>Switch verbose on …</button>
    </form>
    ${error !== undefined && html`<${Problem} error=${error} />`}`;
}

/**
 * The switches that are on, each with a button that ends all of its target.
 * @param {{ switches: readonly import('../../admin/shapes/operator.ts').VerboseSummary[] }} properties
 */
export function VerboseSwitches({ switches }) {
  const { api } = useApp();
  const { change, error } = useChange();
  if (switches.length === 0)
    return html`<p class="quiet">Verbose is off: requests are shown without their SOAP.</p>`;
  /** @param {string} target */
  const off = (target) => {
    const [kind = '', ...id] = target.split(' ');
    change(
      {
        title: 'Switch verbose off?',
        text:
          kind === 'everything'
            ? 'No SOAP is kept any more, neither of single hosts nor of single volumes. What was kept stays.'
            : `The SOAP of ${target} is no longer kept. What was kept stays.`,
        verb: 'Switch it off',
      },
      () =>
        api.send(
          'DELETE',
          asked('/verbose', kind === 'everything' ? {} : { [kind]: id.join(' ') }),
        ),
      `Verbose is off for ${target}.`,
    );
  };
  return html`<ul class="plain">
      ${switches.map(
        (each) => html`<li class="row" key=${each.switch}>
          <span>Verbose is on for <strong>${each.target}</strong> until ${moment(each.until)}.</span>
          <button type="button" onClick=${() => off(each.target)}>Switch off …</button>
        </li>`,
      )}
    </ul>
    ${error !== undefined && html`<${Problem} error=${error} />`}`;
}
