/** Providers that trust whom they should not, or keep certificates that they should have given up. */
import { VasaFault } from '../../../src/model/faults.ts';
import type { TrustedClient } from '../../../src/trust/trust.ts';
import { answerOf, type Mutant } from './mutant.ts';

export const REGISTRATION_MUTANTS: readonly Mutant[] = [
  {
    id: 'wrong-answer-while-the-run-opens',
    sentence:
      'An answer that is only asked for at the beginning has a child that the schema has not',
    caughtBy: 'registration.run-opens',
    says: /^setPEContext \(exchange \d+\): /m,
    answer: answerOf('setPEContext', (body) =>
      body.replace(/(<\/\w+:Body>)/, '<extra xmlns="urn:vendor"/>$1'),
    ),
  },
  {
    id: 'set-context-answered-with-nothing',
    sentence: 'The first setContext is answered with an empty Body',
    caughtBy: 'registration.run-opens',
    says: /setContext was answered with an empty Body instead of setContextResponse/,
    answer: answerOf('setContext', (body) => body.replace(/(Body>).*(<\/\w+:Body>)/s, '$1$2')),
  },
  {
    id: 'leaving-answered-with-another-status',
    sentence: 'The last answer of all, to the vCenter that leaves, has HTTP 202',
    caughtBy: 'registration.run-closes',
    says: /^unregisterVASACertificate \(exchange \d+\): a response with HTTP 202/m,
    answer: (good) =>
      good.facts.operation === 'unregisterVASACertificate' && good.status === 200
        ? { ...good, status: 202 }
        : good,
  },
  {
    id: 'nobody-may-leave',
    sentence: 'A vCenter that leaves is told of an ill array, and stays registered',
    caughtBy: 'registration.run-closes',
    says: /could not be undone: unregister: unregisterVASACertificate answered StorageFault/,
    handlers: {
      unregisterVASACertificate: () => async () => {
        throw new VasaFault('StorageFault', 'not now');
      },
    },
  },
  {
    id: 'any-password',
    sentence: 'A registered user is let in whatever the password is',
    caughtBy: 'registration.wrong-password',
    says: /registerCACertificatesAndCRLs succeeded where it should be refused/,
    trust: ({ users }) => ({
      users: {
        login: async ({ userName }) => userName ?? '',
        save: (...args) => users.save(...args),
        remove: (userName) => users.remove(userName),
        ensureFirst: (...args) => users.ensureFirst(...args),
      },
    }),
  },
  {
    id: 'absent-credentials-skip-the-check',
    sentence: 'Who gives neither name nor password is not asked for them',
    caughtBy: 'registration.absent-credentials',
    says: /registerVASACertificate succeeded where it should be refused/,
    trust: ({ users }) => ({
      users: {
        login: async (credentials, by) =>
          credentials.userName === undefined ? 'nobody' : users.login(credentials, by),
        save: (...args) => users.save(...args),
        remove: (userName) => users.remove(userName),
        ensureFirst: (...args) => users.ensureFirst(...args),
      },
    }),
  },
  {
    id: 'absent-credentials-of-1-0-skip-the-check',
    sentence: 'By VASA 1.0, who gives neither name nor password is not asked for them',
    caughtBy: 'legacy.wrong-password',
    says: /registerVASACertificate succeeded where it should be refused/,
    trust: ({ users }) => ({
      users: {
        login: async (credentials, by) =>
          credentials.userName === undefined ? 'nobody' : users.login(credentials, by),
        save: (...args) => users.save(...args),
        remove: (userName) => users.remove(userName),
        ensureFirst: (...args) => users.ensureFirst(...args),
      },
    }),
  },
  {
    id: 'certificate-judged-before-credentials',
    sentence: 'Wrong credentials with an unreadable certificate are told as InvalidCertificate',
    caughtBy: 'registration.credentials-come-first',
    says: /both are wrong: expected "InvalidLogin", found "InvalidCertificate"/,
    handlers: {
      registerVASACertificate: (good) => async (context, request) => {
        if (!request.newCertificate?.includes('-----BEGIN'))
          throw new VasaFault('InvalidCertificate', 'it cannot be read');
        return good(context, request);
      },
    },
  },
  {
    id: 'expired-certificate-registered',
    sentence: 'A certificate that has expired can be registered',
    caughtBy: 'registration.bad-certificates',
    says: /registerVASACertificate succeeded where it should be refused/,
    handlers: {
      registerVASACertificate: (good) => {
        let answer: Awaited<ReturnType<typeof good>> | undefined;
        return async (context, request) => {
          try {
            answer = await good(context, request);
          } catch (error) {
            if (!request.newCertificate?.includes('-----BEGIN')) throw error;
          }
          return answer ?? {};
        };
      },
    },
  },
  {
    id: 'certificate-stays-when-taken-back',
    sentence: 'A certificate that was taken back still opens sessions',
    caughtBy: 'registration.by-one-certificate',
    says: /setContext succeeded where it should be refused/,
    handlers: { unregisterVASACertificate: () => async () => undefined },
  },
  {
    id: 'anybody-trusted',
    sentence: 'A client’s certificate is good whoever issued it',
    caughtBy: 'registration.foreign-certificate',
    says: /setContext succeeded where it should be refused/,
    trust: (good) => ({
      judge: async (presented) => {
        const judgement = await good.judge(presented);
        if (judgement.trusted || presented === undefined) return judgement;
        return { trusted: true, client: strangerOf(presented.fingerprint) };
      },
    }),
  },
  {
    id: 'trust-by-name',
    sentence: 'An issuer is known by its name, whoever’s key it has signed with',
    caughtBy: 'registration.same-name-is-not-same-authority',
    says: /setContext succeeded where it should be refused/,
    trust: (good) => ({
      judge: async (presented) => {
        const judgement = await good.judge(presented);
        if (judgement.trusted || presented === undefined) return judgement;
        const isNamed = Buffer.from(presented.der).includes('Acceptance CA 1');
        return isNamed ? { trusted: true, client: strangerOf(presented.fingerprint) } : judgement;
      },
    }),
  },
  {
    id: 'expired-client-accepted',
    sentence: 'A client’s certificate opens sessions after it has expired',
    caughtBy: 'registration.dates-of-clients-count',
    says: /setContext succeeded where it should be refused/,
    trust: (good) => ({
      judge: async (presented) => {
        const judgement = await good.judge(presented);
        if (judgement.trusted || judgement.reason !== 'expired' || presented === undefined)
          return judgement;
        return { trusted: true, client: strangerOf(presented.fingerprint) };
      },
    }),
  },
  {
    id: 'revocation-counts-later',
    sentence: 'A client that was trusted once goes on after its certificate is revoked',
    caughtBy: 'registration.revocation-counts-at-once',
    says: /succeeded where it should be refused/,
    trust: (good) => {
      const known = new Map<string, TrustedClient>();
      return {
        judge: async (presented) => {
          const judgement = await good.judge(presented);
          if (judgement.trusted) known.set(judgement.client.fingerprint, judgement.client);
          const client = known.get(presented?.fingerprint ?? '');
          return client === undefined ? judgement : { trusted: true, client };
        },
      };
    },
    sessions: () => ({ endOfCertificate: async () => 0 }),
  },
  {
    id: 'second-vcenter-takes-the-first-along',
    sentence: 'When one vCenter leaves, the sessions of the others end',
    caughtBy: 'registration.two-vcenters',
    says: /queryStorageContainer answered InvalidSession/,
    handlers: {
      unregisterVASACertificate: (good) => async (context, request) => {
        await good(context, request);
        await context.provider.sessions.endAll(() => true);
      },
    },
  },
  {
    id: 'unknown-certificate-taken-back',
    sentence: 'Taking back a certificate that nobody registered is answered as done',
    caughtBy: 'registration.unknown-is-not-taken-back',
    says: /unregisterVASACertificate succeeded where it should be refused/,
    handlers: {
      unregisterVASACertificate: (good) => (context, request) =>
        good(context, request).catch(() => undefined),
    },
  },
  {
    id: 'roots-not-told',
    sentence: 'vCenter is not told of the root that it gave',
    caughtBy: 'registration.roots-and-lists-are-told',
    says: /the root is among them/,
    handlers: { queryCACertificates: () => async () => ({ return: [] }) },
  },
  {
    id: 'signing-request-with-carriage-returns',
    sentence: 'The lines of a signing request end in carriage returns',
    caughtBy: 'registration.signing-request',
    says: /the header; found/,
    handlers: {
      requestCSR: (good) => async (context, request) => ({
        return: (await good(context, request)).return.replaceAll('\n', '\r\n'),
      }),
    },
  },
  {
    id: 'certificate-of-any-key-installed',
    sentence: 'A certificate of a key that the provider has not is answered as installed',
    caughtBy: 'registration.certificate-of-another-key',
    says: /registerCASignedProviderCertificate succeeded where it should be refused/,
    handlers: {
      registerCASignedProviderCertificate: (good) => (context, request) =>
        good(context, request).catch(() => undefined),
    },
  },
  {
    id: 'strangers-change-roots',
    sentence: 'Anybody may change the roots that are trusted',
    caughtBy: 'registration.strangers-change-no-certificate',
    says: /refreshCACertificatesAndCRLs succeeded where it should be refused/,
    answer: (good) =>
      good.facts.operation === 'refreshCACertificatesAndCRLs'
        ? { ...good, status: 200, body: good.body.replace(/Body>.*Body>/s, 'Body></soapenv:Body>') }
        : good,
  },
  {
    id: 'stale-certificate-shown',
    sentence: 'The old certificate is shown after a new one was installed',
    caughtBy: 'registration.certificate-is-installed',
    says: /certificate 1, as shown: expected/,
    server: () => ({ replaceTls: () => undefined }),
  },
];

/** What a provider knows of a client whom it should not know. */
function strangerOf(fingerprint: string): TrustedClient {
  return {
    ...{ fingerprint, subject: 'CN=stranger', issuer: 'CN=stranger', serial: '01' },
    // The brand of a time is lost in the sum.
    notAfter: (Date.now() + 3_600_000) as TrustedClient['notAfter'],
    registrationIds: [],
  };
}
