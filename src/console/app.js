/** What every view can reach without being handed it: the API, live updates, questions to the user, announcements. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/**
 * @typedef {object} App
 * @property {import('./api.js').Api} api
 * @property {import('./live.js').Live} live
 * @property {(question: Question) => Promise<boolean>} confirm Asks in a dialog; false: nothing is to be done.
 * @property {(text: string) => void} announce Shows and says what has been done.
 */

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {unknown} text What will happen, in words.
 * @property {string} verb What the button says.
 * @property {boolean} [danger] Something is lost by it.
 */

export const AppContext = createContext(/** @type {App} */ (/** @type {unknown} */ (undefined)));

/** The app that the view is in. */
export function useApp() {
  return useContext(AppContext);
}
