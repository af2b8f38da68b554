/** Certificates: what the provider serves, whom it trusts, and when each of it ends. */
import { useApp } from '../app.js';
import { useChange } from '../change.js';
import { counted } from '../format.js';
import { html } from '../html.js';
import { Card, Change, Empty, Loaded, Page, Problem } from '../parts/page.js';
import { Facts, State, Table } from '../parts/table.js';
import { Time } from '../parts/text.js';
import { useQuery } from '../query.js';

/** @typedef {import('../../admin/shapes/certificates.ts').TrustReport} TrustReport */
/** @typedef {TrustReport['served'][number]} CertificateRow */
/** @typedef {TrustReport['registrations'][number]} RegistrationRow */
/** @typedef {RegistrationRow['crls'][number]} CrlRow */

const WARN_DAYS = 30;
const ALARM_DAYS = 7;

/** @type {readonly import('../parts/table.js').Column<CertificateRow>[]} */
const CERTIFICATE_COLUMNS = [
  { title: 'Subject', cell: ({ subject }) => subject },
  { title: 'Kind', cell: ({ isAuthority }) => (isAuthority ? 'authority' : 'end entity') },
  { title: 'Left', cell: ({ daysLeft }) => html`<${Left} days=${daysLeft} />` },
  { title: 'Ends', cell: ({ notAfter }) => html`<${Time} at=${notAfter} />` },
  { title: 'Issuer', cell: ({ issuer }) => issuer },
  {
    title: 'SHA-256',
    cell: ({ sha256 }) => html`<span class="mono" title=${sha256}>${sha256.slice(0, 16)}…</span>`,
  },
];

/** @type {readonly import('../parts/table.js').Column<CrlRow>[]} */
const CRL_COLUMNS = [
  { title: 'Revocation list of', cell: ({ issuer }) => issuer },
  {
    title: 'Left',
    cell: ({ daysLeft }) =>
      daysLeft === undefined
        ? '–'
        : html`<${Left} days=${daysLeft} warn=${ALARM_DAYS} alarm=${0} />`,
  },
  { title: 'Next one due', cell: ({ nextUpdate }) => html`<${Time} at=${nextUpdate} />` },
  { title: 'Revoked', number: true, cell: ({ revoked }) => revoked },
];

/** Days that are left; revocation lists live shorter than certificates. @param {{ days: number, warn?: number, alarm?: number }} properties */
function Left({ days, warn = WARN_DAYS, alarm = ALARM_DAYS }) {
  if (days < 0) return html`<${State} tone="bad">ended</${State}>`;
  const tone = days <= alarm ? 'bad' : days <= warn ? 'warn' : 'good';
  return html`<${State} tone=${tone}>${counted(days, 'day')}</${State}>`;
}

export function Trust() {
  const trust = useQuery('/trust', ['trust', 'registrations', 'certificate']);
  return html`<${Page} title="Certificates and registrations"
    lead="What the provider shows to clients, and whom it trusts. Only public parts are here; a private key never leaves the provider.">
    <${Loaded} query=${trust}>
      ${(/** @type {TrustReport} */ data) => html`
        <${Card} title="What the provider serves" aside=${`installed by: ${data.installedBy}`}>
          <${Table} caption="The provider’s certificate, leaf first" rows=${data.served}
            rowKey=${({ sha256 }) => sha256} columns=${CERTIFICATE_COLUMNS} />
        </${Card}>
        ${
          data.registrations.length === 0
            ? html`<${Empty} title="Nobody has registered this provider.">In vCenter: Configure, Storage Providers, Add, with the URL in the overview. Until then only registration is answered.</${Empty}>`
            : data.registrations.map(
                (row) => html`<${Registration} key=${row.registrationId} row=${row} />`,
              )
        }
        <${Orders} trust=${data} />`}
    </${Loaded}>
  </${Page}>`;
}

/** @param {{ row: RegistrationRow }} properties */
function Registration({ row }) {
  const { vcenterIds } = row;
  return html`<${Card} title=${vcenterIds.length === 0 ? 'A registration' : `Registered by ${vcenterIds.join(', ')}`}
    aside=${html`<span class="mono">${row.registrationId}</span>`}>
    <${Facts} of=${[
      [
        'How',
        row.kind === 'authorities'
          ? 'with the vCenter’s authorities (VASA 2.0)'
          : 'with one certificate (VASA 1.0)',
      ],
      ['By user', `${row.userName}, from ${row.peerAddress}`],
      ['Since', html`<${Time} at=${row.createdAt} />`],
      ['Last renewed', html`<${Time} at=${row.changedAt} />`],
    ]} />
    ${row.certificates.length > 0 && html`<${Table} caption="Certificates that it brought" rows=${row.certificates} rowKey=${({ sha256 }) => sha256} columns=${CERTIFICATE_COLUMNS} />`}
    ${row.crls.length > 0 && html`<${Table} caption="Revocation lists that it brought" rows=${row.crls} rowKey=${({ issuer }) => issuer} columns=${CRL_COLUMNS} />`}
  </${Card}>`;
}

/** @param {{ trust: TrustReport }} properties */
function Orders({ trust: { registrations } }) {
  const { api } = useApp();
  const { change, error } = useChange();
  const renew = () =>
    change(
      {
        title: 'Make a new self-signed certificate?',
        text: 'The provider serves a new certificate for the same key at once. Where a vCenter had it signed by its own authority, vCenter has to accept the new one, or register the provider again.',
        verb: 'Make it',
        danger: true,
      },
      () => api.send('POST', '/certificate/renew'),
      'A new certificate is served.',
    );
  const release = () =>
    change(
      {
        title: 'Let another vCenter replace the certificate?',
        text: 'The certificate stays as it is. The next vCenter that asks may have it signed by its own authority; the one that did so before then no longer trusts it.',
        verb: 'Let it',
      },
      () => api.send('POST', '/certificate/release'),
      'Any vCenter may replace the certificate now.',
    );
  /** @param {RegistrationRow} row */
  const remove = ({ registrationId, vcenterIds }) =>
    change(
      {
        title: 'Remove the registration?',
        text: `Whom it made trusted${vcenterIds.length === 0 ? '' : ` (vCenter ${vcenterIds.join(', ')})`} is trusted no longer, unless another registration says so; sessions of vCenter and its hosts end at once. Virtual machines go on; bindings and volumes stay.`,
        verb: 'Remove it',
        danger: true,
      },
      () => api.send('DELETE', `/registrations/${encodeURIComponent(registrationId)}`),
      'The registration is removed.',
    );
  return html`<${Change} title="certificate and registrations">
    <div class="row">
      <button type="button" onClick=${renew}>New self-signed certificate …</button>
      <button type="button" onClick=${release}>Let another vCenter replace it …</button>
    </div>
    ${registrations.map(
      (row) =>
        html`<div class="row" key=${row.registrationId}><button type="button" class="danger" onClick=${() => remove(row)}>Remove the registration of ${row.vcenterIds.join(', ') || row.registrationId} …</button></div>`,
    )}
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
