/** Two vCenters that want the one certificate that a provider can show. */
import { messageOf } from '../../log/messages/catalogue.ts';
import type { Entry } from '../entry.ts';
import { evidenceOf, type Finding, type Rule, sentences, span, Tally, times } from './finding.ts';

export function twoVcenters(): Rule {
  const vcenters = new Map<string, Entry>();
  const tally = new Tally<{ holder: string; certificate: string }>();
  return {
    see(entry, names) {
      const { vcenter_id: vcenter, holder, peer_certificate: certificate } = entry.facts;
      if (entry.id === 'trust.vcenter_learned' && typeof vcenter === 'string' && vcenters.size < 20)
        vcenters.set(vcenter, vcenters.get(vcenter) ?? entry);
      if (entry.id !== 'certificate.held') return;
      const shown = typeof certificate === 'string' ? certificate : '';
      const facts = {
        holder: typeof holder === 'string' ? holder : 'somebody else',
        certificate: shown,
      };
      tally.add(`${names.clientOf(shown)?.id ?? shown}`, entry, facts);
    },
    findings: (names) =>
      tally.groups().map((group): Finding => {
        const { holder, certificate } = group.facts;
        const refused = names.clientOf(certificate);
        const who =
          refused === undefined
            ? `a caller with certificate ${certificate}`
            : `${refused.kind} ${refused.id}`;
        const { means, remedy } = messageOf('certificate.held') ?? { means: '', remedy: '' };
        const others = [...vcenters.values()].slice(0, 2);
        return {
          id: 'two-vcenters',
          severity: 'warning',
          what: `${who} wanted to replace the certificate of this provider, and was refused ${times(group.count)} ${span(group)}: ${holder} holds the place.`,
          why: sentences(
            means,
            vcenters.size > 1
              ? `vCenters that registered here: ${[...vcenters.keys()].join(', ')}.`
              : undefined,
          ),
          remedy,
          evidence: [...others.map(evidenceOf), ...group.evidence],
          about: [certificate, refused?.id ?? '', ...vcenters.keys()].filter((each) => each !== ''),
        };
      }),
  };
}
