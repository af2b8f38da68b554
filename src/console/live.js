/**
 * Live updates: one stream of server-sent events for the whole page, told on to whoever listens. The browser opens
 * it again by itself after a loss; everything is then asked anew, because nobody knows what was missed.
 * Source: docs/admin-api.md, /api/live.
 */

/**
 * @typedef {object} Live
 * @property {(heard: (subjects: ReadonlySet<string>) => void) => () => void} onChange `*` among the subjects: anything may have changed.
 * @property {(heard: (records: readonly any[]) => void) => () => void} onRequest New ones, oldest first.
 * @property {() => void} touch Something was changed from this page: tells it at once, as if the provider had.
 * @property {(heard: (connected: boolean) => void) => () => void} onState
 * @property {() => void} open
 * @property {() => void} close
 */

/** What comes together is told together, so that a busy provider does not make the page busy. */
const GATHER_MS = 400;

/** After a refusal, such as too many pages at once. */
const REOPEN_MS = 10_000;

/** Requests of one telling; of more the oldest are left out, as they are in the list that shows them. */
const REQUESTS_MOST = 200;

/** A stream that is not yet open. @returns {Live} */
export function createLive() {
  const changes = listeners();
  const requests = listeners();
  const states = listeners();
  /** @type {EventSource | undefined} */
  let source;
  /** @type {string[]} */
  let subjects = [];
  /** @type {unknown[]} */
  let records = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tell = () => {
    const [told, came] = [new Set(subjects), records];
    [subjects, records, timer] = [[], [], undefined];
    if (came.length > 0) requests.tell(came);
    if (told.size > 0) changes.tell(told);
  };
  /** @param {readonly string[]} more */
  const gather = (more) => {
    subjects.push(...more);
    timer ??= setTimeout(tell, GATHER_MS);
  };
  /** @param {unknown} record */
  const gatherRequest = (record) => {
    records = [...records.slice(1 - REQUESTS_MOST), record];
    timer ??= setTimeout(tell, GATHER_MS);
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reopening;
  let wasLost = false;
  const open = () => {
    if (source !== undefined) return;
    const opened = new EventSource('/api/live');
    source = opened;
    opened.onopen = () => {
      states.tell(true);
      if (wasLost) gather(['*']);
      wasLost = false;
    };
    opened.onerror = () => {
      wasLost = true;
      states.tell(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      // Refused, not lost: the browser does not try again by itself.
      source = undefined;
      reopening = setTimeout(open, REOPEN_MS);
    };
    opened.addEventListener('changed', (event) => gather(JSON.parse(event.data).subjects));
    opened.addEventListener('request', (event) => gatherRequest(JSON.parse(event.data)));
  };
  return {
    onChange: changes.add,
    onRequest: requests.add,
    onState: states.add,
    touch: () => changes.tell(new Set(['*'])),
    open,
    close: () => {
      source?.close();
      source = undefined;
      clearTimeout(reopening);
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/**
 * @template Value
 * @returns {{ add: (heard: (value: Value) => void) => () => void, tell: (value: Value) => void }}
 */
function listeners() {
  /** @type {Set<(value: Value) => void>} */
  const all = new Set();
  return {
    add: (heard) => {
      all.add(heard);
      return () => {
        all.delete(heard);
      };
    },
    tell: (value) => {
      for (const heard of all) heard(value);
    },
  };
}
