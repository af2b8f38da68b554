/** Snapshots that could not be prepared or taken, by volume and fault. */
import { explanationOf } from '../../log/messages/lines.ts';
import { faultsOf } from '../entry.ts';
import { counted, type Finding, perhaps, type Rule, sentences, span, Tally } from './finding.ts';
import { onPurpose } from './other-faults.ts';

const OPERATIONS: ReadonlySet<string> = new Set([
  ...['prepareToSnapshotVirtualVolume', 'snapshotVirtualVolume', 'revertVirtualVolume'],
]);
const VOLUMES_NAMED = 5;

/** Whether a failed call is told by this rule. */
export function isSnapshot(operation: string): boolean {
  return OPERATIONS.has(operation);
}

export function failedSnapshots(): Rule {
  interface Facts {
    readonly operation: string;
    readonly fault: string;
    readonly reason: string;
    readonly volumes: readonly string[];
    readonly injected: readonly string[];
  }
  const tally = new Tally<Facts>();
  return {
    see(entry) {
      const { call } = entry;
      if (entry.log !== 'provider' || call === undefined || !isSnapshot(call.operation)) return;
      const { operation, volumes, injected } = call;
      const [fault] = faultsOf(call);
      if (fault === undefined || fault === 'InvalidSession') return;
      const reason = call.reason ?? call.causes.at(-1) ?? '';
      const facts = { operation, fault, reason, volumes, injected };
      tally.add(`${operation} ${fault} ${volumes.join(' ')}`, entry, facts);
    },
    findings: () =>
      tally.groups().map((group): Finding => {
        const { operation, fault, reason, volumes, injected } = group.facts;
        const { means = '', causes = [], remedy = '' } = explanationOf(`request.${fault}`) ?? {};
        const named = volumes.slice(0, VOLUMES_NAMED).join(', ');
        return {
          id: 'failed-snapshot',
          severity: 'failure',
          what: `${operation} of volume ${named} ended in ${fault} ${counted(group.count, 'time')} ${span(group)}${reason === '' ? '' : `: ${reason}`}.`,
          why: sentences(onPurpose(injected), means, perhaps(causes)),
          remedy,
          evidence: group.evidence,
          about: volumes,
        };
      }),
  };
}
