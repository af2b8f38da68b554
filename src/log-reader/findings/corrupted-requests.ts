/** Requests that could not be understood, and bytes that were none, by the address that they came from. */
import { explainedId } from '../explain.ts';
import { counted, type Finding, perhaps, type Rule, sentences, span, Tally } from './finding.ts';

export function corruptedRequests(): Rule {
  const tally = new Tally<{ from: string; certificate: string | undefined; words: string }>();
  return {
    see(entry, names) {
      const { call, facts, event, id } = entry;
      if (entry.log !== 'provider') return;
      if (call?.outcome === 'Client' && call.operation !== 'document') {
        const from = names.whoOf(entry);
        const words = call.reason ?? '';
        tally.add(from, entry, { from, certificate: call.certificate, words });
      }
      if (event === 'connection_failed' && id === 'connection_failed.bad_http') {
        const from = `a caller at ${facts['peer_address']}`;
        tally.add(from, entry, { from, certificate: undefined, words: `${facts['reason']}` });
      }
    },
    findings: (names) =>
      tally.groups().map((group): Finding => {
        const { from, certificate, words } = group.facts;
        const { means, causes, remedy } = explainedId(group.first.id);
        const client = names.clientOf(certificate);
        return {
          id: 'corrupted-request',
          severity: 'failure',
          what: `${counted(group.count, 'request')} of ${from} could not be understood ${span(group)}: ${words}.`,
          why: sentences(means, perhaps(causes)),
          remedy,
          evidence: group.evidence,
          about: [certificate, client?.id].filter((each) => each !== undefined),
        };
      }),
  };
}
