/**
 * Callers of the certificate and session operations: a provider with trust and sessions alone, and calls
 * that go through the real guard as the dispatcher would send them.
 */
import type { Issued } from '../../certs/make.ts';
import type { Provider, SessionContext } from '../../src/operations/context.ts';
import { rememberActivations } from '../../src/operations/group/group.ts';
import { createGuard } from '../../src/operations/guard.ts';
import type { Call, CallNotes, SessionRule } from '../../src/wire/call.ts';
import { presented, type TestTrust } from './support.ts';

/** The provider's parts; one that a test has no business with fails the test when it is touched. */
export function providerOf({ trust, sessions, store, clock }: TestTrust): Provider {
  const refuse = () => {
    throw new Error('these tests have no such part');
  };
  const parts: Partial<Provider> = {
    clock,
    store,
    trust,
    sessions,
    identity: {
      uid: '00000000-0000-4000-8000-000000000000',
      name: 'Keelson',
      defaultNamespace: 'org.keelson',
      providerVersion: 'Keelson test',
      supportedVendorModels: [{ vendorId: 'Keelson', modelId: 'Simulated' }],
    },
    group: {
      needsExplicitActivation: false,
      priority: undefined,
      url: refuse,
      activations: rememberActivations(),
    },
  };
  return new Proxy(parts, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : refuse()),
    // Everything that is not there refuses to be read, so that it need not be of the part's shape.
  }) as Provider;
}

export interface CallerOptions {
  readonly certificate?: Issued;
  readonly connectionId?: string;
  readonly remoteAddress?: string;
  readonly sessionId?: string;
  readonly apiVersion?: string;
}

export interface Answered<Response> {
  readonly response: Response;
  readonly notes: CallNotes;
  /** Value of the cookie that the reply sets; undefined when it sets none. */
  readonly cookie: string | undefined;
}

type Handler<Request, Response> = (context: SessionContext, request: Request) => Promise<Response>;

/** Sends one call through the guard to a handler. `rule` is the row's. */
export async function send<Request, Response>(
  room: TestTrust,
  options: CallerOptions,
  rule: SessionRule,
  handler: Handler<Request, Response>,
  request: Request,
): Promise<Answered<Response>> {
  const { call, seen } = callOf(options);
  const context = await createGuard(providerOf(room))(rule, call);
  // The guard gives what the rule promises; rows that promise less ignore the rest.
  const response = await handler(context as SessionContext, request);
  return { response, ...seen };
}

export function callOf(options: CallerOptions) {
  const { certificate, sessionId, apiVersion = '2.0' } = options;
  const seen: { notes: CallNotes; cookie: string | undefined } = { notes: {}, cookie: undefined };
  const call: Call = {
    requestId: 'request',
    apiVersion,
    operation: 'test',
    peer: {
      connectionId: options.connectionId ?? 'connection-1',
      remoteAddress: options.remoteAddress ?? '192.0.2.1',
      certificate: certificate === undefined ? undefined : presented(certificate),
      resumed: false,
    },
    sessionId,
    note: (notes) => {
      seen.notes = { ...seen.notes, ...notes };
    },
    setSession: (id) => {
      seen.cookie = id;
    },
  };
  return { call, seen };
}
