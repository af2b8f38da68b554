/** Protocol endpoints that went offline, and the bindings that failed while they were. */
import { type Call, type Entry, hasFailed } from '../entry.ts';
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

/** Whether a bind failed because the host has no endpoint to go through. */
export function isForWantOfEndpoint(call: Call): boolean {
  const { operation, causes } = call;
  return (
    operation === 'bindVirtualVolume' &&
    hasFailed(call) &&
    causes.some((text) => /endpoint/i.test(text))
  );
}

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
      if (entry.log !== 'provider' || call === undefined || !isForWantOfEndpoint(call)) return;
      failed.count += 1;
      if (failed.evidence.length < 2) failed.evidence.push(evidenceOf(entry));
      for (const id of call.volumes)
        if (failed.volumes.size < VOLUMES_NAMED) failed.volumes.add(id);
    },
    findings: () =>
      outages.length === 0 && failed.count > 0
        ? [findingOf(undefined, failed)]
        : outages.map((each) => findingOf(each, failed)),
  };
}

interface Failed {
  readonly count: number;
  readonly evidence: readonly Evidence[];
  readonly volumes: ReadonlySet<string>;
}

/** `outage` undefined: binds failed, and no alarm said why. */
function findingOf(outage: Outage | undefined, { count, evidence, volumes }: Failed): Finding {
  const binds =
    count === 0
      ? undefined
      : `${counted(count, 'bind')} failed for want of an endpoint (${[...volumes].join(', ')}).`;
  return {
    id: 'lost-endpoint',
    severity: 'failure',
    what: sentences(outage && outageText(outage), binds),
    why:
      outage === undefined
        ? 'No endpoint that these hosts see is online. The log has no alarm about an endpoint: it may have begun before, or the hosts have not told which endpoints they see (setPEContext).'
        : 'The array reports the endpoint as offline. Volumes that are bound through it cannot be reached, and no host can bind a volume that has no other way.',
    remedy:
      'Look at the array’s port or controller behind that endpoint, at zoning and cables. Hosts go on by themselves when it is back; where the array has another endpoint, see that hosts see it (setPEContext).',
    evidence: [outage?.from, outage?.back]
      .filter((each) => each !== undefined)
      .map(evidenceOf)
      .concat(evidence),
    about: [outage?.endpoint ?? '', ...volumes].filter((each) => each !== ''),
  };
}

function outageText({ endpoint, from, back }: Outage): string {
  const until =
    back === undefined ? 'it is not back by the end of the log' : `back at ${timeText(back.at)}`;
  return `Protocol endpoint ${endpoint} went offline at ${timeText(from.at)}; ${until}.`;
}
