/** Which Keelson this is, as every log line and answer names it. Changes nothing. */
import { html } from '../html.js';
import { Card, Page } from '../parts/page.js';
import { Facts } from '../parts/table.js';
import { Time } from '../parts/text.js';

/** `Keelson 0.1.0 (2026-11-22) build 1a2b3c4d`: name, version, day, build. */
const SIGNATURE = /^(\S+) (\S+) \((\S+)\) build (\S+)$/;

/** @param {{ status: import('../../admin/shapes/operator.ts').StatusReport | undefined }} properties */
export function Release({ status }) {
  const [, name, version, date, build] = SIGNATURE.exec(status?.release ?? '') ?? [];
  return html`<${Page} title="Release"
    lead="Which Keelson answers. The signature stands in every log line, fault and answer, so that a report from the field names the code that it came from.">
    ${
      status !== undefined &&
      html`<${Card} title=${status.release}>
      <${Facts} of=${[
        ['Product', name],
        ['Version', version],
        ['Day of release', date],
        ['Build', build === undefined ? undefined : html`<span class="mono">${build}</span>`],
        ['Runs since', html`<${Time} at=${status.startedAt} />`],
        ['Interface of this page', html`<a href="/api/openapi.json">OpenAPI document</a>`],
        [
          'To send to support',
          html`<code>keelson support-bundle</code> on the provider’s machine collects logs, versions and checks in one file, secrets left out`,
        ],
      ]} />
    </${Card}>`
    }
  </${Page}>`;
}
