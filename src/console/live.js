/**
 * Live updates: one stream of server-sent events for the whole page, told on to whoever listens. The browser opens
 * it again by itself after a loss; everything is then asked anew, because nobody knows what was missed.
 * Source: docs/admin-api.md, /api/live.
 */

/**
 * @typedef {object} Live
 * @property {(heard: (subjects: ReadonlySet<string>) => void) => () => void} onChange `*` among the subjects: anything may have changed.
 * @property {(heard: (record: any) => void) => () => void} onRequest
 * @property {(heard: (connected: boolean) => void) => () => void} onState
 * @property {() => void} open
 * @property {() => void} close
 */

/** Changes that come together are told together, so that a busy provider does not make the page busy. */
const GATHER_MS = 400;

/** A stream that is not yet open. @returns {Live} */
export function createLive() {
  const changes = listeners();
  const requests = listeners();
  const states = listeners();
  /** @type {EventSource | undefined} */
  let source;
  /** @type {Set<string>} */
  let gathered = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {readonly string[]} subjects */
  const gather = (subjects) => {
    for (const subject of subjects) gathered.add(subject);
    timer ??= setTimeout(() => {
      const told = gathered;
      gathered = new Set();
      timer = undefined;
      changes.tell(told);
    }, GATHER_MS);
  };
  const open = () => {
    if (source !== undefined) return;
    let wasLost = false;
    source = new EventSource('/api/live');
    source.onopen = () => {
      states.tell(true);
      if (wasLost) gather(['*']);
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
      states.tell(false);
    };
    source.addEventListener('changed', (event) => gather(JSON.parse(event.data).subjects));
    source.addEventListener('request', (event) => requests.tell(JSON.parse(event.data)));
  };
  return {
    onChange: changes.add,
    onRequest: requests.add,
    onState: states.add,
    open,
    close: () => {
      source?.close();
      source = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

function listeners() {
  /** @type {Set<(value: any) => void>} */
  const all = new Set();
  return {
    /** @param {(value: any) => void} heard */
    add: (heard) => {
      all.add(heard);
      return () => {
        all.delete(heard);
      };
    },
    /** @param {unknown} value */
    tell: (value) => {
      for (const heard of all) heard(value);
    },
  };
}
