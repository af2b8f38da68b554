/** Client certificates that were refused: expired, revoked, of an unknown CA, not yet valid and so on. */
import { CERTIFICATE_REFUSALS, type RefusalReason } from '../../model/refusals.ts';
import { counted, type Finding, perhaps, type Rule, sentences, span, Tally } from './finding.ts';

/** Stable ids of the reasons that people ask for most; the others follow from the reason's name. */
const IDS: Readonly<Partial<Record<RefusalReason, string>>> = {
  expired: 'expired-certificate',
  revoked: 'revoked-certificate',
  notYetValid: 'clock-skew',
};

const WHAT: Readonly<Partial<Record<RefusalReason, string>>> = {
  expired: 'has expired',
  revoked: 'was revoked by its CA',
  notYetValid: 'is not valid yet by the clock of this provider',
  missing: 'is missing',
};

/** The reason that a certificate was refused for; undefined for any other refusal. */
export function reasonOf(refusal: string | undefined): RefusalReason | undefined {
  const word = refusal?.slice(0, refusal.indexOf(':'));
  return word !== undefined && Object.hasOwn(CERTIFICATE_REFUSALS, word)
    ? (word as RefusalReason)
    : undefined;
}

interface Facts {
  readonly reason: RefusalReason;
  readonly detail: string;
  readonly certificate: string | undefined;
  readonly from: string | undefined;
}

export function refusedCertificates(): Rule {
  const tally = new Tally<Facts>();
  return {
    see(entry) {
      const { refusal, certificate, peerAddress } = entry.call ?? {};
      const reason = reasonOf(refusal);
      if (refusal === undefined || reason === undefined) return;
      const detail = refusal.slice(reason.length + 2);
      const facts = { reason, detail, certificate, from: peerAddress };
      tally.add(`${reason} ${certificate ?? peerAddress}`, entry, facts);
    },
    findings: (names) =>
      tally.groups().map((group): Finding => {
        const { reason, detail, certificate, from } = group.facts;
        const { means, causes, remedy } = CERTIFICATE_REFUSALS[reason];
        const client = names.clientOf(certificate);
        const owner = client === undefined ? `a caller at ${from}` : `${client.kind} ${client.id}`;
        const name = /^"([^"]{1,128})"/.exec(detail)?.[1];
        const label = ['Certificate', certificate, name && `(${name})`].filter(Boolean).join(' ');
        const calls = `${counted(group.count, 'call')} refused ${span(group)}`;
        return {
          id:
            IDS[reason] ??
            `certificate-${reason.replaceAll(/[A-Z]/g, (each) => `-${each.toLowerCase()}`)}`,
          severity: 'failure',
          what: `${label} of ${owner} ${WHAT[reason] ?? `was refused (${reason})`}: ${calls}.`,
          why: sentences(`${means} The log says: ${detail}.`, perhaps(causes)),
          remedy,
          evidence: group.evidence,
          about: [certificate, client?.id].filter((each) => each !== undefined),
        };
      }),
  };
}
