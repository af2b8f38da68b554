/** Data of a view: asked when the view opens, again when something it is about has changed. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useApp } from './app.js';

/**
 * @template Data
 * @typedef {object} Query
 * @property {Data | undefined} data The last answer; kept while the next one is on its way.
 * @property {import('./api.js').ApiError | undefined} error
 * @property {() => void} again
 */

/**
 * Asks `path` (undefined: nothing yet), and again on each change of a subject.
 * @template [Data=any]
 * @param {string | undefined} path
 * @param {readonly string[]} subjects
 * @returns {Query<Data>}
 */
export function useQuery(path, subjects) {
  const { api, live } = useApp();
  const [state, setState] = useState(
    /** @type {{ path?: string | undefined, data?: any, error?: any }} */ ({}),
  );
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((number) => number + 1), []);
  useEffect(() => {
    if (path === undefined) return undefined;
    const stop = new AbortController();
    api.get(path, stop.signal).then(
      (data) => setState({ path, data }),
      (error) => {
        if (error.name !== 'AbortError') setState((last) => ({ ...last, path, error }));
      },
    );
    return () => stop.abort();
  }, [api, path, round]);
  useEffect(
    () =>
      live.onChange((changed) => {
        if (changed.has('*') || subjects.some((subject) => changed.has(subject))) again();
      }),
    [live, again, subjects.join()],
  );
  // What was answered to another question is not shown as the answer to this one.
  const isOfThis = state.path === path;
  return {
    data: isOfThis ? state.data : undefined,
    error: isOfThis ? state.error : undefined,
    again,
  };
}
