/** The console's beginning: who is logged in, and then the views; without a session the login. */
import { render } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { createApi } from './api.js';
import { AppContext } from './app.js';
import { html } from './html.js';
import { useIdleEnd } from './idle.js';
import { createLive } from './live.js';
import { QuestionDialog } from './parts/dialog.js';
import { Problem } from './parts/page.js';
import { Shell } from './shell.js';
import { Login } from './views/login.js';

/** How long what was done stays to be read. */
const TOLD_MS = 6_000;

function Console() {
  const [session, setSession] = useState(
    /** @type {import('./api.js').Session | undefined | null} */ (null),
  );
  const [failure, setFailure] = useState(/** @type {Error | undefined} */ (undefined));
  const [question, setQuestion] = useState(
    /** @type {(import('./app.js').Question & { answer: (yes: boolean) => void }) | undefined} */ (
      undefined
    ),
  );
  const [told, setTold] = useState('');
  const api = useMemo(() => createApi(() => setSession(undefined)), []);
  const live = useMemo(createLive, []);
  const begin = useCallback(() => {
    setFailure(undefined);
    api.session().then(setSession, setFailure);
  }, [api]);
  const logOut = useCallback(() => {
    api.logOut().then(() => setSession(undefined), setFailure);
  }, [api]);
  useEffect(begin, [begin]);
  useIdleEnd(session?.idleSeconds, logOut);
  useEffect(() => {
    if (session) live.open();
    else live.close();
  }, [session, live]);
  useEffect(() => {
    const timer = setTimeout(setTold, TOLD_MS, '');
    return () => clearTimeout(timer);
  }, [told]);
  const app = useMemo(
    () => ({
      api,
      live,
      announce: setTold,
      confirm: (/** @type {import('./app.js').Question} */ asked) =>
        new Promise((/** @type {(yes: boolean) => void} */ answer) =>
          setQuestion({ ...asked, answer }),
        ),
    }),
    [api, live],
  );
  /** @param {boolean} yes */
  const answer = (yes) => {
    question?.answer(yes);
    setQuestion(undefined);
  };
  return html`<${AppContext.Provider} value=${app}>
    ${failure !== undefined && html`<${Problem} error=${failure} again=${begin} />`}
    ${session === undefined && html`<${Login} entered=${setSession} />`}
    ${session && html`<${Shell} session=${session} logOut=${logOut} />`}
    <${QuestionDialog} question=${question} answer=${answer} />
    <p class="told" role="status">${told}</p>
  </${AppContext.Provider}>`;
}

const place = document.getElementById('console');
if (place !== null) render(html`<${Console} />`, place);
