/** Snapshots that could not be prepared or taken, by volume and fault. */
import { type Call, faultsOf } from '../entry.ts';
import { explainedFault } from '../explain.ts';
import {
  type Finding,
  onPurpose,
  perhaps,
  type Rule,
  sentences,
  span,
  Tally,
  times,
} from './finding.ts';

const OPERATIONS: ReadonlySet<string> = new Set([
  ...['prepareToSnapshotVirtualVolume', 'snapshotVirtualVolume', 'revertVirtualVolume'],
]);
const VOLUMES_NAMED = 5;

/** Whether a failed call is told by this rule. */
export function isSnapshot(operation: string): boolean {
  return OPERATIONS.has(operation);
}

/** The volume of which a snapshot was to be made; of those that are taken together, all. */
function subjects({ operation, volumes }: Call): readonly string[] {
  // The second id of a preparation is that of the snapshot that was to be.
  return operation === 'prepareToSnapshotVirtualVolume' ? volumes.slice(0, 1) : volumes;
}

export function failedSnapshots(): Rule {
  const tally = new Tally<{ readonly call: Call; readonly fault: string }>();
  return {
    see(entry) {
      const { call } = entry;
      if (entry.log !== 'provider' || call === undefined || !isSnapshot(call.operation)) return;
      const [fault] = faultsOf(call);
      if (fault === undefined || fault === 'InvalidSession') return;
      tally.add(`${call.operation} ${fault} ${subjects(call).join(' ')}`, entry, { call, fault });
    },
    findings: () =>
      tally.groups().map((group): Finding => {
        const { call, fault } = group.facts;
        const { means, causes, remedy } = explainedFault(call, fault);
        const volumes = subjects(call);
        const named = volumes.slice(0, VOLUMES_NAMED).join(', ');
        const reason = call.reason ?? call.causes.at(-1);
        return {
          id: 'failed-snapshot',
          severity: 'failure',
          what: `${call.operation} of volume ${named} ended in ${fault} ${times(group.count)} ${span(group)}${reason === undefined ? '' : `: ${reason}`}.`,
          why: sentences(onPurpose(call.injected), means, perhaps(causes)),
          remedy,
          evidence: group.evidence,
          about: volumes,
        };
      }),
  };
}
