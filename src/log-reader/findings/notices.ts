/** Warnings and errors that the provider wrote outside of calls, and connections that failed, explained by their id. */
import { explainedId } from '../explain.ts';
import { type Finding, perhaps, type Rule, sentences, span, Tally, times } from './finding.ts';

/** Other rules tell of these. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['certificate.held', 'load.shedding', 'trust.client_distrusted', 'connection_failed.bad_http'],
]);

export function notices(): Rule {
  const tally = new Tally<{ id: string; words: string }>();
  return {
    see(entry) {
      const { event, id, level, facts, text, log } = entry;
      const isOurs = log === 'provider' && (event === 'notice' || event === 'fatal');
      const isConnection = event === 'connection_failed';
      if (ELSEWHERE.has(id) || !(isConnection || (isOurs && level !== 'info'))) return;
      if (facts['object_type'] === 'ProtocolEndpoint') return;
      const from = isConnection ? ` from ${facts['peer_address']}: ${facts['code']}` : '';
      const words = typeof facts['words'] === 'string' ? facts['words'] : `${text}${from}`;
      tally.add(
        `${id} ${facts['object_id'] ?? facts['label'] ?? facts['peer_address'] ?? ''}`,
        entry,
        { id, words },
      );
    },
    findings: () =>
      tally.groups().map((group): Finding => {
        const { id, words } = group.facts;
        const { level, event, facts } = group.first;
        const { means, causes, remedy } = explainedId(id);
        const isGrave = level === 'error' || level === 'fatal' || id.endsWith('expired');
        const about = facts['object_id'];
        return {
          id: `message-${id}`,
          severity: isGrave ? 'failure' : event === 'connection_failed' ? 'remark' : 'warning',
          what: `${capital(words.replace(/\.$/, ''))} (${times(group.count)}, ${span(group)}).`,
          why: sentences(means, perhaps(causes)),
          remedy,
          evidence: group.evidence,
          about: typeof about === 'string' ? [about] : [],
        };
      }),
  };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
