/** All rules, as one: each entry is shown to all of them, and what they found comes worst first. */
import { boundVolumes } from './bound-volumes.ts';
import { clientsView } from './clients-view.ts';
import { clockJumps } from './clock-skew.ts';
import { corruptedRequests } from './corrupted-requests.ts';
import { failedSnapshots } from './failed-snapshots.ts';
import { type Finding, type Rule, SEVERITIES } from './finding.ts';
import { gaps } from './gaps.ts';
import { lostEndpoint } from './lost-endpoint.ts';
import { notices } from './notices.ts';
import { otherFaults } from './other-faults.ts';
import { outOfSpace } from './out-of-space.ts';
import { refusedCertificates } from './refused-certificates.ts';
import { sessionStorm } from './session-storm.ts';
import { twoVcenters } from './two-vcenters.ts';

export function allRules(): Rule {
  const rules = [
    ...[refusedCertificates(), lostEndpoint(), outOfSpace(), boundVolumes(), failedSnapshots()],
    ...[corruptedRequests(), twoVcenters(), sessionStorm(), clockJumps(), gaps()],
    ...[otherFaults(), notices(), clientsView()],
  ];
  return {
    see: (entry, names) => {
      for (const rule of rules) rule.see(entry, names);
    },
    findings: (names) => worstFirst(rules.flatMap((rule) => rule.findings(names))),
  };
}

/** Failures, then warnings, then remarks; of equal ones as they were found. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}
