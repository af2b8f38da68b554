/** What the provider can do, for somebody who chooses one: sentences with counts from the code, each with its document. */
import { SCENARIOS } from '../../../../src/accept/scenarios/all.ts';
import { operations } from '../../../docs/sources.ts';

export interface Feature {
  readonly title: string;
  readonly text: string;
  /** The document that says more, in the documentation folder. */
  readonly more: string;
}

/** The features, the most important first. */
export function features(): readonly Feature[] {
  const all = operations();
  const served = (version: string) =>
    all.filter(({ versions, handler }) => versions.includes(version) && handler !== undefined)
      .length;
  return [
    {
      title: 'The whole interface',
      text: `All ${served('2.0')} operations of VASA 2.0 and the ${served('1.0')} of VASA 1.0, each proven over TLS together with the faults that it declares.`,
      more: 'docs/operations.md',
    },
    {
      title: 'Virtual volumes',
      text: 'Create, resize, bind over SCSI, NFS 3 and NFS 4.1; snapshots, clones, linked clones, changed blocks.',
      more: 'docs/array-port.md',
    },
    {
      title: 'Storage policies',
      text: 'Capabilities declared as data, placement judged on every call, compliance, default profiles.',
      more: 'docs/policies.md',
    },
    {
      title: 'Stands storms',
      text: 'Bounded, fair queues before TLS and before each call: 2,500 hosts that reconnect at once are all served.',
      more: 'docs/admission.md',
    },
    {
      title: 'Certificates that look after themselves',
      text: 'Several vCenters, revocation judged at every call, warnings 90, 30, 7 and 1 days before an expiry.',
      more: 'docs/registering.md',
    },
    {
      title: 'Nothing acknowledged is lost',
      text: 'Every answer is on the disk first: proven by crashes at each write, loss of power, and damaged ground.',
      more: 'docs/reliability.md',
    },
    {
      title: 'A log that support can read',
      text: 'A line for each request with the release that answered it, a reader that tells the story, and a support bundle without secrets.',
      more: 'docs/support.md',
    },
    {
      title: 'Acceptance runner',
      text: `${SCENARIOS.length} scenarios that play vCenter and hosts against any provider, with a signed report.`,
      more: 'docs/acceptance.md',
    },
    {
      title: 'Seen while it runs',
      text: 'VASA events, alarms and statistics; a console in the browser, metrics for Prometheus, and traces.',
      more: 'docs/console.md',
    },
  ];
}
