/** Providers whose sessions can be stolen, or do not end. */
import { VasaFault } from '../../../src/model/faults.ts';
import type { Session } from '../../../src/model/session.ts';
import { answerOf, type Mutant } from './mutant.ts';

/** What a usage context is that says nothing. */
const NOTHING = {
  ...{ hostInitiator: [], mountPoint: [], hostIoIpAddress: [], iscsiInitiatorIpAddress: [] },
  ...{ chapUsername: [], subscribeEvent: [] },
};

export const SESSION_MUTANTS: readonly Mutant[] = [
  {
    id: 'no-session-cookie',
    sentence: 'A new session comes without its cookie',
    caughtBy: 'sessions.cookie-and-body-agree',
    says: /cookie and body name the same session/,
    answer: (good) => ({ ...good, session: undefined }),
  },
  {
    id: 'another-session-in-the-body',
    sentence: 'The session id in the answer is not the one in the cookie',
    caughtBy: 'sessions.cookie-and-body-agree',
    says: /cookie and body name the same session/,
    answer: answerOf('setContext', (body) =>
      body.replace(/(sessionId>)[^<]+</, '$10123456789abcdef<'),
    ),
  },
  {
    id: 'old-session-lives-on',
    sentence: 'A session that was replaced is still good',
    caughtBy: 'sessions.new-one-replaces-the-old',
    says: /queryStorageContainer succeeded where it should be refused/,
    sessions: (good) => {
      const opened = new Map<string, Session>();
      return {
        open: async (request) => {
          const made = await good.open(request);
          opened.set(made.sessionId, made.session);
          return made;
        },
        find: async (sessionId, certificate) => {
          const found = await good.find(sessionId, certificate);
          const session = found.session ?? opened.get(sessionId);
          return session?.certificate === certificate ? { session } : found;
        },
      };
    },
  },
  {
    id: 'unknown-session-accepted',
    sentence: 'Any session id is good for a client that has a session',
    caughtBy: 'sessions.none-unknown-and-zero',
    says: /queryStorageContainer succeeded where it should be refused/,
    sessions: (good) => ({
      find: async (sessionId, certificate) => {
        const [session] = await good.ofCertificate(certificate);
        return session === undefined ? good.find(sessionId, certificate) : { session };
      },
    }),
  },
  {
    id: 'session-of-another-certificate-accepted',
    sentence: 'A host may use the session id of another',
    caughtBy: 'sessions.not-for-another-certificate',
    says: /queryStorageContainer succeeded where it should be refused/,
    sessions: (good) => {
      const owners = new Map<string, string>();
      return {
        open: async (request) => {
          const made = await good.open(request);
          owners.set(made.sessionId, request.certificate);
          return made;
        },
        find: (sessionId, certificate) =>
          good.find(sessionId, owners.get(sessionId) ?? certificate),
      };
    },
  },
  {
    id: 'session-bound-to-its-connection',
    sentence: 'A session is good on the connection only on which it was first used',
    caughtBy: 'sessions.not-bound-to-a-connection',
    says: /queryStorageContainer answered InvalidSession/,
    handlers: {
      queryStorageContainer: (good) => {
        const used = new Map<string | undefined, string>();
        return (context, request) => {
          const { peer, sessionId } = context.call;
          const first = used.get(sessionId) ?? peer.connectionId;
          used.set(sessionId, first);
          if (first !== peer.connectionId) throw new VasaFault('InvalidSession', 'elsewhere');
          return good(context, request);
        };
      },
    },
  },
  {
    id: 'no-usage-context-needed',
    sentence: 'A session is opened for a client that says nothing at all',
    caughtBy: 'sessions.need-a-usage-context',
    says: /setContext succeeded where it should be refused/,
    handlers: {
      setContext: (good) => (context, request) =>
        good(context, { ...request, usageContext: request.usageContext ?? NOTHING }),
    },
  },
  {
    id: 'half-a-mount-accepted',
    sentence: 'A mount without its path is passed over in silence',
    caughtBy: 'sessions.bad-usage-contexts',
    says: /setContext succeeded where it should be refused/,
    handlers: {
      setContext: (good) => (context, request) =>
        good(context, {
          ...request,
          ...(request.usageContext !== undefined && {
            usageContext: {
              ...request.usageContext,
              mountPoint: request.usageContext.mountPoint.filter(
                (each) => each.filePath !== undefined,
              ),
            },
          }),
        }),
    },
  },
  {
    id: 'empty-context-sees-arrays-by-id',
    sentence: 'A session that names nothing of its own is shown arrays when it asks by their ids',
    caughtBy: 'sessions.empty-context-sees-no-arrays',
    says: /arrays shown to an empty context: expected 0, found/,
    handlers: {
      queryArrays: (good) => {
        let seen: Awaited<ReturnType<typeof good>> = { return: [] };
        return async (context, request) => {
          const answer = await good(context, request);
          if (answer.return.length > 0) seen = answer;
          return request.arrayUniqueId.length > 0 ? seen : answer;
        };
      },
    },
  },
  {
    id: 'old-context-counts',
    sentence: 'What a client sees follows the first usage context that it gave',
    caughtBy: 'sessions.new-context-counts-at-once',
    says: /arrays are seen by a host that names what it has/,
    handlers: {
      setContext: (good) => {
        const first = new Map<string | undefined, Parameters<typeof good>[1]>();
        return (context, request) => {
          const { client } = context;
          const kept = first.get(client?.fingerprint) ?? request;
          first.set(client?.fingerprint, kept);
          return good(context, kept);
        };
      },
    },
  },
  {
    id: 'cookie-read-to-its-end',
    sentence: 'What stands behind the session id in a cookie is taken for a part of it',
    caughtBy: 'sessions.cookie-as-clients-write-it',
    says: /queryStorageContainer answered InvalidSession/,
    cookie: (header) => /VASASESSIONID=(.+)/.exec(header)?.[1],
  },
];
