/** Protocol endpoints that went offline, and the bindings that failed while they were. */
import type { Entry } from '../entry.ts';
import { faultsOf } from '../entry.ts';
import {
  counted,
  type Evidence,
  evidenceOf,
  type Finding,
  type Rule,
  sentences,
  timeText,
} from './finding.ts';

interface Outage {
  readonly endpoint: string;
  readonly from: Entry;
  back: Entry | undefined;
}

const OUTAGES = 50;
const VOLUMES_NAMED = 5;

export function lostEndpoint(): Rule {
  const outages: Outage[] = [];
  const failed: { count: number; readonly evidence: Evidence[]; readonly volumes: Set<string> } = {
    ...{ count: 0, evidence: [], volumes: new Set() },
  };
  const seeAlarm = (entry: Entry): void => {
    const { object_type: type, object_id: id, status } = entry.facts;
    if (type !== 'ProtocolEndpoint' || typeof id !== 'string') return;
    const open = outages.find((each) => each.endpoint === id && each.back === undefined);
    if (status === 'Green' && open !== undefined) open.back = entry;
    else if (status !== 'Green' && open === undefined && outages.length < OUTAGES)
      outages.push({ endpoint: id, from: entry, back: undefined });
  };
  return {
    see(entry) {
      if (/^alarms\.(raised|ended)$/.test(entry.id)) seeAlarm(entry);
      const { call } = entry;
      if (call?.operation !== 'bindVirtualVolume' || entry.log !== 'provider') return;
      const isOfEndpoint = call.causes.some((text) => /endpoint/i.test(text));
      if (faultsOf(call).length === 0 || !isOfEndpoint) return;
      failed.count += 1;
      if (failed.evidence.length < 2) failed.evidence.push(evidenceOf(entry));
      for (const id of call.volumes)
        if (failed.volumes.size < VOLUMES_NAMED) failed.volumes.add(id);
    },
    findings: () =>
      outages.map(({ endpoint, from, back }): Finding => {
        const until =
          back === undefined
            ? 'it is not back by the end of the log'
            : `back at ${timeText(back.at)}`;
        const binds =
          failed.count === 0
            ? undefined
            : `${counted(failed.count, 'bind')} failed for want of an endpoint (${[...failed.volumes].join(', ')}).`;
        return {
          id: 'lost-endpoint',
          severity: 'failure',
          what: sentences(
            `Protocol endpoint ${endpoint} went offline at ${timeText(from.at)}; ${until}.`,
            binds,
          ),
          why: 'The array reports the endpoint as offline. Volumes that are bound through it cannot be reached, and no host can bind a volume that has no other way.',
          remedy:
            'Look at the array’s port or controller behind that endpoint, at zoning and cables. Hosts go on by themselves when it is back; where the array has another endpoint, see that hosts see it (setPEContext).',
          evidence: [
            evidenceOf(from),
            ...failed.evidence,
            ...(back === undefined ? [] : [evidenceOf(back)]),
          ],
          about: [endpoint, ...failed.volumes],
        };
      }),
  };
}
