/** Calls that found no space, and the alarms that went before. */

import { FAULTS } from '../../model/faults.ts';
import type { Entry } from '../entry.ts';
import { faultsOf } from '../entry.ts';
import { evidenceOf, type Finding, type Rule, sentences, span, Tally, times } from './finding.ts';

export function outOfSpace(): Rule {
  const tally = new Tally<{ operation: string; reason: string }>();
  let alarm: Entry | undefined;
  return {
    see(entry) {
      if (entry.id === 'alarms.raised' && entry.facts['alarm_type'] === 'SpaceCapacity')
        alarm = entry.facts['status'] === 'Green' ? undefined : entry;
      const { call } = entry;
      if (entry.log !== 'provider' || call === undefined) return;
      if (!faultsOf(call).includes('OutOfResource')) return;
      const reason = call.reason ?? call.causes.at(-1) ?? '';
      tally.add(`${call.operation} ${reason}`, entry, { operation: call.operation, reason });
    },
    findings: () =>
      tally.groups().map((group): Finding => {
        const { operation, reason } = group.facts;
        const isEndpoint = /endpoint|binding/i.test(reason);
        const alarmed = alarm?.facts['words'] ?? alarm?.text;
        return {
          id: isEndpoint ? 'out-of-bindings' : 'out-of-space',
          severity: 'failure',
          what: `${operation} found no room ${times(group.count)} ${span(group)}${reason === '' ? '' : `: ${reason}`}.`,
          why: sentences(
            FAULTS.OutOfResource.when,
            typeof alarmed === 'string' ? `An alarm said so: ${alarmed}` : undefined,
          ),
          remedy: `${FAULTS.OutOfResource.remedy} \`keelson array show\` tells what each container and pool holds.`,
          evidence: [...(alarm === undefined ? [] : [evidenceOf(alarm)]), ...group.evidence],
          about: [],
        };
      }),
  };
}
