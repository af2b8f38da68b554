/** The login: with a user of the provider, the same that registers it in vCenter. */
import { useState } from 'preact/hooks';
import { useApp } from '../app.js';
import { fieldsOf } from '../change.js';
import { html } from '../html.js';

/** @param {{ entered: (session: import('../api.js').Session) => void }} properties */
export function Login({ entered }) {
  const { api } = useApp();
  const [refusal, setRefusal] = useState('');
  const [isBusy, setBusy] = useState(false);
  /** @param {Event} event */
  const logIn = async (event) => {
    const { userName = '', password = '' } = fieldsOf(event);
    setBusy(true);
    try {
      entered(await api.logIn(userName, password));
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return html`<main class="login">
    <div class="brand"><img src="/icon.svg" alt="" />Keelson console</div>
    <h1>Log in</h1>
    <p class="quiet">
      With a user of this provider, the same that registers it in vCenter. <code>keelson user list</code> on the
      provider’s machine shows them; <code>keelson user add</code> makes one.
    </p>
    <form onSubmit=${logIn}>
      <label>User name<input name="userName" autocomplete="username" required autofocus /></label>
      <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
      ${refusal !== '' && html`<p class="banner bad" role="alert">${refusal}</p>`}
      <button class="main-action" disabled=${isBusy}>Log in</button>
    </form>
  </main>`;
}
