/** A change that the user asks for: said in words first, done only when confirmed, told when done, explained when refused. */
import { useState } from 'preact/hooks';
import { useApp } from './app.js';

/**
 * @typedef {object} Changer
 * @property {(question: import('./app.js').Question, work: () => Promise<unknown>, done: string) => Promise<boolean>} change
 * True: it was confirmed and has been done.
 * @property {Error | undefined} error Why the last one was not done.
 */

/** @returns {Changer} */
export function useChange() {
  const { confirm, announce, live } = useApp();
  const [error, setError] = useState(/** @type {Error | undefined} */ (undefined));
  return {
    error,
    change: async (question, work, done) => {
      setError(undefined);
      if (!(await confirm(question))) return false;
      try {
        await work();
      } catch (refusal) {
        setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
        return false;
      }
      announce(done);
      live.touch();
      return true;
    },
  };
}

/**
 * The fields of a form that was sent, those left empty left out. Fields have a `defaultValue` and no `value`: with a
 * value of its own, a field would lose what was typed as soon as the view is drawn again.
 * @param {Event} event
 * @returns {Record<string, string>}
 */
export function fieldsOf(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
