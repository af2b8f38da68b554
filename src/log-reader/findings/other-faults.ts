/** Every other fault, by operation: no failure is left without a word. */
import { FAULTS } from '../../model/faults.ts';
import { type Call, faultsOf } from '../entry.ts';
import { explainedFault } from '../explain.ts';
import { isHeld } from './bound-volumes.ts';
import { isSnapshot } from './failed-snapshots.ts';
import {
  type Finding,
  onPurpose,
  perhaps,
  type Rule,
  type Severity,
  sentences,
  span,
  Tally,
  times,
} from './finding.ts';
import { isForWantOfEndpoint } from './lost-endpoint.ts';
import { reasonOf } from './refused-certificates.ts';

/** Faults that other rules tell of, whatever the operation. */
const ELSEWHERE: ReadonlySet<string> = new Set(['OutOfResource', 'Client']);
/** Part of everyday life: a client that opens a session anew, or asks for what has gone. */
const EVERYDAY: ReadonlySet<string> = new Set(['InvalidSession', 'NotFound', 'VasaProviderBusy']);

/** Whether a fault of the call is told by this rule. */
function isTold(call: Call, fault: string): boolean {
  const { operation, refusal } = call;
  if (ELSEWHERE.has(fault)) return false;
  if (isSnapshot(operation) && fault !== 'InvalidSession') return false;
  if (fault === 'ResourceInUse' && isHeld(call)) return false;
  if (fault === 'PermissionDenied' && operation === 'registerCASignedProviderCertificate')
    return false;
  if (isForWantOfEndpoint(call)) return false;
  return fault !== 'InvalidSession' || reasonOf(refusal) === undefined;
}

function severityOf(fault: string): Severity {
  if (EVERYDAY.has(fault)) return 'remark';
  return ['StorageFault', 'Server', 'ActivateProviderFailed'].includes(fault)
    ? 'failure'
    : 'warning';
}

export function otherFaults(): Rule {
  const tally = new Tally<{ call: Call; fault: string }>();
  return {
    see(entry) {
      const { call } = entry;
      if (entry.log !== 'provider' || call === undefined) return;
      for (const fault of faultsOf(call))
        if (isTold(call, fault))
          tally.add(`${fault} ${call.operation} ${call.refusal ?? ''}`, entry, { call, fault });
    },
    findings: () =>
      tally.groups().map((group): Finding => {
        const { call, fault } = group.facts;
        const { means, causes, remedy } = explainedFault(call, fault);
        const reason = call.reason ?? call.causes.at(-1);
        const again = Object.hasOwn(FAULTS, fault) && FAULTS[fault as keyof typeof FAULTS].retry;
        return {
          id: `fault-${fault}`,
          severity: severityOf(fault),
          what: `${call.operation} ended in ${fault} ${times(group.count)} ${span(group)}${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`}.`,
          why: sentences(onPurpose(call.injected), means, perhaps(causes)),
          remedy: sentences(remedy, again ? 'The same call may succeed later.' : undefined),
          evidence: group.evidence,
          about: [call.hostId, ...call.volumes].filter((each) => each !== undefined),
        };
      }),
  };
}
