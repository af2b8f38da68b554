/** Where the page is: `#/volumes/<id>?text=…`. Views are links, so that the browser's own keys go back and forth. */
import { useEffect, useState } from 'preact/hooks';

/**
 * @typedef {object} Route
 * @property {string} view
 * @property {string | undefined} id
 * @property {URLSearchParams} question
 */

/** @param {string} hash @returns {Route} */
function routeOf(hash) {
  const [path = '', question = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...rest] = path.split('/');
  const id = rest.length === 0 ? undefined : decodeURIComponent(rest.join('/'));
  return { view: view === '' ? 'overview' : view, id, question: new URLSearchParams(question) };
}

/**
 * The address of a view.
 * @param {string} view
 * @param {string} [id]
 * @param {Record<string, string | undefined>} [question]
 */
export function linkTo(view, id, question = {}) {
  const given = Object.entries(question).filter((pair) => pair[1] !== undefined && pair[1] !== '');
  const text = new URLSearchParams(/** @type {[string, string][]} */ (given)).toString();
  const path = id === undefined ? view : `${view}/${encodeURIComponent(id)}`;
  return `#/${path}${text === '' ? '' : `?${text}`}`;
}

/** The route that the page is at, as it changes. */
export function useRoute() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const heard = () => setHash(location.hash);
    addEventListener('hashchange', heard);
    return () => removeEventListener('hashchange', heard);
  }, []);
  return routeOf(hash);
}
