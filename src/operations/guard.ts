/**
 * The session guard: finds out who calls and whether the row's rule lets it in. The certificate is judged
 * on every call, whatever the TLS connection was worth when it was opened. Every refusal is
 * InvalidSession, in words that name the kind of problem; why exactly stands in the log line.
 */
import type { FaultCaller } from '../array/fault-rules/layer.ts';
import type { StorageArrayPort } from '../array/port.ts';
import { VasaFault } from '../model/faults.ts';
import { type SessionRefusal, withoutSession } from '../model/refusals.ts';
import type { Judgement } from '../trust/trust.ts';
import type { Call, SessionGuard, SessionRule } from '../wire/call.ts';
import type { CertificateContext, OpenContext, Provider, SessionContext } from './context.ts';

/** What each refusal tells the client: the class of the problem and what to do. */
const TEXTS = {
  noCertificate: 'The client presented no certificate.',
  notTrusted: 'The client certificate is not trusted by this provider.',
  noSession: 'There is no live session for this client certificate: call setContext.',
} as const;

/** `arrayFor`: the array as a call of this caller meets it, where that is not the provider's own. */
export function createGuard(
  provider: Provider,
  arrayFor?: (caller: FaultCaller) => StorageArrayPort,
): SessionGuard<OpenContext> {
  return async (rule, call) => {
    const judgement = await provider.trust.judge(call.peer.certificate);
    if (judgement.trusted) {
      const context = await known(provider, rule, call, judgement.client);
      const array = arrayFor?.({
        operation: call.operation,
        hostId: context.session?.usageContext.hostId,
        injected: (injected) => call.note({ injected: [...injected] }),
      });
      if (array === undefined || array === provider.array) return context;
      return { ...context, provider: Object.freeze({ ...provider, array }) };
    }
    await endSessions(provider, call, judgement);
    if (rule === 'open') return { call, provider, client: undefined, session: undefined };
    call.note({ refusal: `${judgement.reason}: ${judgement.detail}` });
    const text = judgement.reason === 'missing' ? TEXTS.noCertificate : TEXTS.notTrusted;
    throw new VasaFault('InvalidSession', text);
  };
}

/** The context of a caller whose certificate is trusted. */
async function known(
  provider: Provider,
  rule: SessionRule,
  call: Call,
  client: CertificateContext['client'],
): Promise<OpenContext | CertificateContext | SessionContext> {
  const { sessionId } = call;
  const found =
    sessionId === undefined
      ? undefined
      : await provider.sessions.find(sessionId, client.fingerprint);
  const session = found?.session;
  if (session !== undefined) {
    const { hostId, vcenterId } = session.usageContext;
    call.note({
      session: session.shortHash,
      ...(hostId === undefined ? {} : { host_id: hostId }),
      ...(vcenterId === undefined ? {} : { vcenter_id: vcenterId }),
    });
    return { call, provider, client, session };
  }
  if (rule !== 'session') return { call, provider, client, session: undefined };
  const why: SessionRefusal =
    found?.session === undefined && found !== undefined ? found.why : 'no cookie';
  call.note({ refusal: withoutSession(why) });
  throw new VasaFault('InvalidSession', TEXTS.noSession);
}

/** A certificate that was trusted when it opened sessions, and is so no longer, loses them now. */
async function endSessions(
  { sessions }: Provider,
  { peer }: Call,
  judgement: Extract<Judgement, { trusted: false }>,
): Promise<void> {
  if (judgement.reason === 'missing' || peer.certificate === undefined) return;
  await sessions.endOfCertificate(peer.certificate.fingerprint);
}
