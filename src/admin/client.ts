/** The operator's verbs over the admin socket of a running provider. Errors of the other side: AdminError. */
import { request } from 'node:http';
import { LIMITS } from '../model/limits.ts';
import { arrayClient } from './array.ts';
import { clockClient } from './clock.ts';
import { faultClient } from './faults.ts';
import {
  AdminError,
  type BackupReport,
  type CertificateSummary,
  type RegistrationSummary,
  type RunningAdministration,
  type StatusReport,
  type UserSummary,
  type VerboseSummary,
} from './port.ts';

interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** How long the other side may be silent. */
  readonly patienceMs?: number;
}

function exchange(
  socketPath: string,
  { method, path, body, patienceMs = 30_000 }: Exchange,
): Promise<unknown> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = text === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, timeout: patienceMs }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const read = parsed(Buffer.concat(parts).toString());
        if (answer.statusCode === 200) resolve(read);
        else
          reject(new AdminError(errorText(read) ?? `the provider answered ${answer.statusCode}`));
      });
    });
    sent.on('timeout', () => sent.destroy(new AdminError('the provider does not answer')));
    sent.on('error', reject);
    sent.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorText(read: unknown): string | undefined {
  if (typeof read !== 'object' || read === null || !('error' in read)) return undefined;
  return String(read.error);
}

/** A client of the socket at this path. Each verb is one exchange; nothing is kept between them. */
export function adminClient(socketPath: string): RunningAdministration {
  // The other side is this same release: its answers have the forms of `port.ts`.
  const ask = <Answer>(method: Exchange['method'], path: string, body?: unknown): Promise<Answer> =>
    exchange(socketPath, { method, path, body }) as Promise<Answer>;
  const user = (name: string): string => `/users/${encodeURIComponent(name)}`;
  return {
    status: () => ask<StatusReport>('GET', '/status'),
    verbose: () => ask<readonly VerboseSummary[]>('GET', '/verbose'),
    verboseOn: (wish) => ask<VerboseSummary>('POST', '/verbose', wish),
    verboseOff: async ({ host, volume }) => {
      const query = new URLSearchParams();
      if (host !== undefined) query.set('host', host);
      if (volume !== undefined) query.set('volume', volume);
      return (await ask<{ count: number }>('DELETE', `/verbose?${query}`)).count;
    },
    users: () => ask<readonly UserSummary[]>('GET', '/users'),
    saveUser: async (name, password) =>
      (await ask<{ outcome: 'added' | 'changed' }>('PUT', user(name), { password })).outcome,
    removeUser: async (name) => (await ask<{ removed: boolean }>('DELETE', user(name))).removed,
    certificate: () => ask<CertificateSummary>('GET', '/certificate'),
    renewCertificate: () => ask<CertificateSummary>('POST', '/certificate/renew'),
    installCertificate: (chain, key) =>
      ask<CertificateSummary>('POST', '/certificate/install', { chain, key }),
    releaseCertificate: () => ask<CertificateSummary>('POST', '/certificate/release'),
    registrations: () => ask<readonly RegistrationSummary[]>('GET', '/registrations'),
    removeRegistration: async (id) =>
      (await ask<{ removed: boolean }>('DELETE', `/registrations/${encodeURIComponent(id)}`))
        .removed,
    backup: (file) => ask<BackupReport>('POST', '/backup', { file }),
    clock: clockClient(ask),
    faults: faultClient(ask),
    array: arrayClient((path, body) =>
      exchange(socketPath, { method: 'POST', path, body, patienceMs: LIMITS.arrayOrderMs }),
    ),
  };
}
