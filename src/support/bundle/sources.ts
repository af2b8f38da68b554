/** All sources of a bundle, in the order in which they are asked: what may fail for want of a provider comes late. */
import { diagnose } from '../doctor/doctor.ts';
import { ANSWERS } from './answers.ts';
import { collectAudit } from './audit.ts';
import { collectCertificates } from './certificates.ts';
import { collectArray, collectStore } from './databases.ts';
import { collectLogs } from './logs.ts';
import { collectConfiguration, collectMachine } from './machine.ts';
import type { Collect, Source } from './source.ts';
import { collectStored } from './stored.ts';
import { collectVersions } from './versions.ts';

/** The doctor, without a try to register: a bundle is no login. */
const collectDiagnosis: Collect = async ({ bundle, ...context }) => {
  const none = { url: undefined, vcenter: undefined, trust: [], triesRegistration: false };
  bundle.data('doctor.json', await diagnose({ ...context, ...none }));
  return [];
};

export const SOURCES: readonly Source[] = [
  { name: 'versions', collect: collectVersions },
  { name: 'machine', collect: collectMachine },
  { name: 'configuration', collect: collectConfiguration },
  { name: 'logs', collect: collectLogs },
  { name: 'certificates', collect: collectCertificates },
  { name: 'store', collect: collectStore },
  { name: 'array', collect: collectArray },
  { name: 'audit', collect: collectAudit },
  { name: 'stored', collect: collectStored },
  ...ANSWERS,
  { name: 'doctor', collect: collectDiagnosis },
];
