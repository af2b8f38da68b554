/**
 * What hosts and vCenters could not do, by their own logs: connections that never reached the provider, and, where
 * its log is not among those that are read, the faults that it answered with.
 */
import type { LogKind } from '../entry.ts';
import { hasFailed } from '../entry.ts';
import { type Finding, type Rule, span, Tally, times } from './finding.ts';

/** How the client's side names that nothing came through. */
const UNREACHED = /TRANSPORT|TIMEOUT|SSL|CONNECT|Timeout|Connect|SocketException/;

interface Facts {
  readonly file: string;
  readonly log: LogKind;
  readonly operation: string;
  readonly outcome: string;
  readonly words: string | undefined;
}

export function clientsView(): Rule {
  const tally = new Tally<Facts>();
  let isProviderRead = false;
  return {
    see(entry) {
      const { log, call, file } = entry;
      if (log === 'provider') isProviderRead = true;
      if (log === 'provider' || call === undefined || !hasFailed(call)) return;
      const { operation, outcome, reason } = call;
      const facts = { file, log, operation, outcome, words: reason };
      tally.add(`${file} ${operation} ${outcome}`, entry, facts);
    },
    findings: () =>
      tally
        .groups()
        // What the provider answered, its own log explains.
        .filter(({ facts }) => !isProviderRead || UNREACHED.test(facts.outcome))
        .map((group): Finding => {
          const { file, log, operation, outcome, words } = group.facts;
          const isUnreached = UNREACHED.test(outcome);
          const whose = log === 'host' ? 'A host' : 'vCenter';
          return {
            id: isUnreached ? 'provider-not-reached' : 'client-saw-fault',
            severity: isUnreached ? 'failure' : 'warning',
            what: `${whose} (${file}) saw ${operation} end in ${outcome} ${times(group.count)} ${span(group)}${words === undefined ? '' : `: ${words}`}.`,
            why: isUnreached
              ? 'No TLS connection to the provider came about, or no answer came: it was down or overloaded, a firewall or a changed address is in between, or one side does not accept the other’s certificate.'
              : 'The provider answered with this fault.',
            remedy: isUnreached
              ? 'Look at the provider’s log of that time: lines connection_failed name the TLS error, no line at all means that nothing arrived. `keelson doctor` tries the way from here.'
              : 'Read the provider’s log of that time beside this one: it says why.',
            evidence: group.evidence,
            about: [],
          };
        }),
  };
}
