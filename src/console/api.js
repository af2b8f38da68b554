/**
 * The admin API as the page asks it: JSON in and out, refusals as sentences. Knows the cookie's rules (the browser
 * sends it by itself; each change carries a token beside it) and nothing of what is asked.
 * Source: docs/admin-api.md.
 */

/** A refusal, in words for whoever sits before the page. */
export class ApiError extends Error {
  /** @param {string} message @param {number} status 0: the provider did not answer. */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/**
 * @typedef {object} Api
 * @property {(path: string, signal?: AbortSignal) => Promise<any>} get
 * @property {(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<any>} send
 * @property {(userName: string, password: string) => Promise<Session>} logIn
 * @property {() => Promise<Session | undefined>} session Of this browser; undefined: nobody is logged in.
 * @property {() => Promise<void>} logOut
 */

/** @typedef {{ userName: string, csrfToken: string, idleSeconds: number }} Session */

/**
 * The API. `signedOut` is told when a call was refused because the session has ended.
 * @param {() => void} signedOut
 * @returns {Api}
 */
export function createApi(signedOut) {
  let token = '';
  /** @param {string} method @param {string} path @param {unknown} [body] @param {AbortSignal} [signal] */
  const ask = async (method, path, body, signal) => {
    const response = await fetch(`/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'x-csrf-token': token }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }).catch(cutOff);
    // An answer that breaks off is none at all, and not an empty one.
    if (response.ok) return response.json().catch(cutOff);
    const answer = await response.json().catch(() => ({}));
    if (response.status === 401 && path !== '/session') signedOut();
    throw new ApiError(
      answer.error ?? `The provider answered ${response.status}.`,
      response.status,
    );
  };
  /** @param {Session} session */
  const remember = (session) => {
    token = session.csrfToken;
    return session;
  };
  return {
    get: (path, signal) => ask('GET', path, undefined, signal),
    send: ask,
    logIn: async (userName, password) =>
      remember(await ask('POST', '/session', { userName, password })),
    session: async () => {
      try {
        return remember(await ask('GET', '/session'));
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return undefined;
        throw error;
      }
    },
    logOut: () => ask('DELETE', '/session'),
  };
}

const UNREACHABLE =
  'The provider does not answer. See whether it runs (keelson status on its machine); this page goes on by itself as soon as it answers.';

/**
 * What was given up stays that; everything else is a provider that cannot be reached.
 * @param {Error} error
 * @returns {never}
 */
function cutOff(error) {
  if (error.name === 'AbortError') throw error;
  throw new ApiError(UNREACHABLE, 0);
}

/**
 * A path with its question; what is undefined or empty is left out.
 * @param {string} path
 * @param {Record<string, string | number | undefined>} question
 */
export function asked(path, question) {
  const given = Object.entries(question).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? path : `${path}?${text}`;
}
