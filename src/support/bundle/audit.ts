/** The audit trail and the proof of its chain, as it stands on this machine: names and fingerprints, and no secret. */
import { auditTrail } from '../audit.ts';
import type { Collect } from './source.ts';

export const collectAudit: Collect = async ({ bundle, installation, copy, clock }) => {
  if (installation.state === 'absent') return ['there is no audit trail yet'];
  const { files, verdict } = await auditTrail(installation, copy, clock);
  for (const { name, text } of files) bundle.text(`audit/${name}`, text);
  bundle.data('audit/verification.json', verdict);
  const { broken } = verdict;
  return broken === undefined ? [] : [`${broken.file}, line ${broken.line}: ${broken.why}`];
};
