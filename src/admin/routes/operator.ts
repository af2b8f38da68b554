/** Routes of the operator's verbs about the provider itself: status, verbose mode, users, trust, backup. */
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import { list, text } from '../shapes/form.ts';
import {
  backupReport,
  certificateSummary,
  registrationSummary,
  statusReport,
  userSummary,
  verboseSummary,
} from '../shapes/operator.ts';
import { done, nothing, route } from './route.ts';

const credential = z.string().min(1).max(LIMITS.credentialCharacters);
const target = {
  host: text.optional().describe('host id, vCenter id or address'),
  volume: text.optional().describe('volume id'),
};

export const status = route({
  id: 'status',
  method: 'GET',
  path: '/status',
  tag: 'provider',
  about: 'What the provider says of itself.',
  input: nothing,
  answer: statusReport,
  work: (admin) => admin.status(),
});

export const metrics = route({
  id: 'metrics',
  method: 'GET',
  path: '/metrics',
  tag: 'provider',
  about:
    'Everything that is measured, in Prometheus’ text form; as `/metrics` on the health listener.',
  input: nothing,
  answer: z.strictObject({ text: z.string() }),
  work: async (admin) => ({ text: await admin.metrics() }),
});

export const verbose = route({
  id: 'verbose',
  method: 'GET',
  path: '/verbose',
  tag: 'verbose mode',
  about: 'The verbose switches that are on.',
  input: nothing,
  answer: list(verboseSummary),
  work: (admin) => admin.verbose(),
});

export const verboseOn = route({
  id: 'verboseOn',
  method: 'POST',
  path: '/verbose',
  tag: 'verbose mode',
  about:
    'Has the SOAP of requests and answers logged for a time: of one host, of one volume, or of all.',
  input: z.strictObject({ ...target, seconds: z.int().min(1).max(LIMITS.verboseSeconds) }),
  answer: verboseSummary,
  changes: ['verbose', 'status'],
  work: (admin, wish) => admin.verboseOn(wish),
});

export const verboseOff = route({
  id: 'verboseOff',
  method: 'DELETE',
  path: '/verbose',
  tag: 'verbose mode',
  about: 'Switches off: one host, one volume, or all.',
  input: z.strictObject(target),
  answer: z.strictObject({ count: z.int().describe('switches that went off') }),
  changes: ['verbose', 'status'],
  work: async (admin, wish) => ({ count: await admin.verboseOff(wish) }),
});

export const users = route({
  id: 'users',
  method: 'GET',
  path: '/users',
  tag: 'users',
  about: 'Who may register a vCenter, and log in to the console.',
  input: nothing,
  answer: list(userSummary),
  work: (admin) => admin.users(),
});

const user = { userName: credential };

export const saveUser = route({
  id: 'saveUser',
  method: 'PUT',
  path: '/users/:userName',
  tag: 'users',
  about: 'Makes a user, or changes the password.',
  input: z.strictObject({ ...user, password: credential }),
  answer: z.strictObject({ outcome: z.enum(['added', 'changed']) }),
  changes: ['users'],
  work: async (admin, { userName, password }) => ({
    outcome: await admin.saveUser(userName, password),
  }),
});

const removed = z.strictObject({ removed: z.boolean().describe('false: there was none') });

export const removeUser = route({
  id: 'removeUser',
  method: 'DELETE',
  path: '/users/:userName',
  tag: 'users',
  about: 'Removes a user. Registrations that were made with it stay.',
  input: z.strictObject(user),
  answer: removed,
  changes: ['users'],
  work: async (admin, { userName }) => ({ removed: await admin.removeUser(userName) }),
});

export const certificate = route({
  id: 'certificate',
  method: 'GET',
  path: '/certificate',
  tag: 'trust',
  about: 'The certificate that TLS serves.',
  input: nothing,
  answer: certificateSummary,
  work: (admin) => admin.certificate(),
});

export const renewCertificate = route({
  id: 'renewCertificate',
  method: 'POST',
  path: '/certificate/renew',
  tag: 'trust',
  about: 'Makes a new self-signed certificate for the same key, and serves it.',
  input: nothing,
  answer: certificateSummary,
  changes: ['certificate', 'trust', 'status'],
  work: (admin) => admin.renewCertificate(),
});

export const installCertificate = route({
  id: 'installCertificate',
  method: 'POST',
  path: '/certificate/install',
  tag: 'trust',
  about: 'Installs a chain with its key, or for a key of the provider’s, and serves it.',
  input: z.strictObject({
    chain: z.string().min(1).describe('PEM, leaf first'),
    key: z.string().min(1).optional().describe('PEM'),
  }),
  answer: certificateSummary,
  changes: ['certificate', 'trust', 'status'],
  work: (admin, { chain, key }) => admin.installCertificate(chain, key),
});

export const releaseCertificate = route({
  id: 'releaseCertificate',
  method: 'POST',
  path: '/certificate/release',
  tag: 'trust',
  about: 'Lets any registration replace the certificate that one of them installed.',
  input: nothing,
  answer: certificateSummary,
  changes: ['certificate', 'trust'],
  work: (admin) => admin.releaseCertificate(),
});

export const registrations = route({
  id: 'registrations',
  method: 'GET',
  path: '/registrations',
  tag: 'trust',
  about: 'The registrations, each with how much it brought.',
  input: nothing,
  answer: list(registrationSummary),
  work: (admin) => admin.registrations(),
});

export const removeRegistration = route({
  id: 'removeRegistration',
  method: 'DELETE',
  path: '/registrations/:registrationId',
  tag: 'trust',
  about: 'Removes a registration, and ends the sessions that are trusted no longer.',
  input: z.strictObject({ registrationId: text }),
  answer: removed,
  changes: ['registrations', 'trust', 'sessions', 'status'],
  work: async (admin, { registrationId }) => ({
    removed: await admin.removeRegistration(registrationId),
  }),
});

export const backup = route({
  id: 'backup',
  method: 'POST',
  path: '/backup',
  tag: 'provider',
  about: 'Writes the provider’s own data, keys included, into a new file on its machine.',
  input: z.strictObject({ file: text.describe('absolute path') }),
  answer: backupReport,
  slow: true,
  changes: [],
  isLocal: true,
  work: (admin, { file }) => admin.backup(file),
});

export const copyDatabase = route({
  id: 'copyDatabase',
  method: 'POST',
  path: '/database/copy',
  tag: 'provider',
  about:
    'Writes a copy of the provider’s database, without its keys, into a new file on its machine.',
  input: z.strictObject({ file: text.describe('absolute path') }),
  answer: done,
  slow: true,
  changes: [],
  isLocal: true,
  work: async (admin, { file }) => {
    await admin.copyDatabase(file);
    return {};
  },
});

export const auditHead = route({
  id: 'auditHead',
  method: 'GET',
  path: '/audit/head',
  tag: 'provider',
  about: 'The last record of the audit trail, as the provider remembers it.',
  input: nothing,
  answer: z.strictObject({
    seq: z.int().describe('number of the record; 0: there is none'),
    hash: z.string().describe('its SHA-256, hex'),
  }),
  work: (admin) => admin.auditHead(),
});
