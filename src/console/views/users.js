/** Users: who may register a vCenter and log in here. Passwords are never shown; they are kept as hashes alone. */
import { useApp } from '../app.js';
import { fieldsOf, useChange } from '../change.js';
import { html } from '../html.js';
import { Change, Empty, Loaded, Page, Problem } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/text.js';
import { useQuery } from '../query.js';

/** @typedef {import('../../admin/shapes/operator.ts').UserSummary} UserSummary */

/** @type {readonly import('../parts/table.js').Column<UserSummary>[]} */
const COLUMNS = [
  { title: 'User name', cell: ({ userName }) => userName },
  { title: 'Since', cell: ({ createdAt }) => html`<${Time} at=${createdAt} />` },
  { title: 'Password of', cell: ({ changedAt }) => html`<${Time} at=${changedAt} />` },
];

export function Users() {
  const users = useQuery('/users', ['users']);
  return html`<${Page} title="Users" lead="Who may register this provider in a vCenter, and log in here.">
    <${Loaded} query=${users}>
      ${(rows) =>
        rows.length === 0
          ? html`<${Empty} title="No users.">Nobody can register the provider until there is one.</${Empty}>`
          : html`<${Table} caption="Users"
        rows=${rows} rowKey=${({ userName }) => userName} columns=${COLUMNS} />`}
    </${Loaded}>
    <${Orders} users=${users.data ?? []} />
  </${Page}>`;
}

/** @param {{ users: readonly UserSummary[] }} properties */
function Orders({ users }) {
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {Event} event */
  const save = async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const { userName = '', password } = fieldsOf(event);
    const isNew = users.every((each) => each.userName !== userName);
    const done = await change(
      isNew
        ? {
            title: `Add the user ${userName}?`,
            text: 'The user may register vCenters and log in here, and change all that this page can change.',
            verb: 'Add the user',
          }
        : {
            title: `Change the password of ${userName}?`,
            text: 'The old password ends at once. Registrations that were made with it stay.',
            verb: 'Change it',
          },
      () => api.send('PUT', `/users/${encodeURIComponent(userName)}`, { password }),
      isNew ? `${userName} is added.` : `The password of ${userName} is changed.`,
    );
    if (done) form.reset();
  };
  /** @param {Event} event */
  const remove = (event) => {
    const { userName = '' } = fieldsOf(event);
    change(
      {
        title: `Remove the user ${userName}?`,
        text: 'The user can no longer register a vCenter or log in. Registrations that were made with it stay.',
        verb: 'Remove the user',
        danger: true,
      },
      () => api.send('DELETE', `/users/${encodeURIComponent(userName)}`),
      `${userName} is removed.`,
    );
  };
  return html`<${Change} title="users and passwords">
    <form onSubmit=${save}>
      <label>User name<input name="userName" required autocomplete="off" /></label>
      <label>New password<input name="password" type="password" required autocomplete="new-password" /></label>
      <button>Add, or change the password …</button>
    </form>
    ${
      users.length > 0 &&
      html`<form onSubmit=${remove}>
      <label>User<select name="userName">${users.map(({ userName }) => html`<option>${userName}</option>`)}</select></label>
      <button class="danger">Remove …</button>
    </form>`
    }
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
