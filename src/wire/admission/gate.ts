/**
 * Calls at the gate: who counts as one caller, how large a body a stranger may send, and in which words a
 * call is turned away. Between the paths (`routes.ts`), which know HTTP, and `calls.ts`, which counts.
 *
 * Everything here is judged by what the HTTP headers say, before the request is read: it decides order and
 * room, never what somebody may do.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { networkOf } from '../../model/network.ts';
import type { LaneOf, Peer, PeerCertificate } from '../call.ts';
import { MessageError } from '../errors.ts';
import {
  type CallFigures,
  type CallLimits,
  type CallRefusal,
  Calls,
  type CallsOptions,
  type Ticket,
} from './calls.ts';
import type { Shedding } from './shedding.ts';

export interface GateLimits extends CallLimits {
  readonly requestBodyBytes: number;
  readonly strangerBodyBytes: number;
}

export interface GateOptions {
  readonly limits: GateLimits;
  readonly laneOf: LaneOf;
  /** Is this certificate trusted now? */
  readonly trusts: (certificate: PeerCertificate) => Promise<boolean>;
  readonly shedding: Pick<Shedding, 'count'>;
  /** Told of each call that begins, and how long it has waited. */
  readonly began?: CallsOptions['began'] | undefined;
}

/** A call as far as its headers tell. */
export interface CallAtGate {
  /** As the action says; undefined when there is none. */
  readonly operation: string | undefined;
  readonly body: Uint8Array;
  readonly peer: Peer;
  readonly sessionId: string | undefined;
  readonly response: ServerResponse;
}

export interface Gate {
  /** Lets the call in, now or later. Throws MessageError of kind `busy`, or rejects with it. */
  enter(call: CallAtGate): Ticket | Promise<Ticket>;
  /** Bytes of the largest body that may come from there. */
  bodyLimit(peer: Peer, headers: IncomingHttpHeaders): number | Promise<number>;
  /** A call with a live session came from there. True: the first one. */
  know(peer: Peer): boolean;
  figures(): CallFigures;
}

const TEXTS: Readonly<Record<CallRefusal, string>> = {
  session: 'This session has too many calls waiting; try again when some are answered.',
  crowded: 'The provider has too much to do; try again.',
  waited: 'The provider has had too much to do for too long; try again.',
  left: 'The client left while its call was waiting.',
};

/** One per server. */
export function createGate(options: GateOptions): Gate {
  const { limits, laneOf, trusts, shedding, began = () => undefined } = options;
  const known = new WeakSet<Peer>();
  const busy = (why: CallRefusal): MessageError => new MessageError('busy', TEXTS[why]);
  const calls = new Calls({
    limits,
    elapsed: () => performance.now(),
    refusal: (lane, why) => {
      shedding.count(`${lane} call ${why}`);
      return busy(why);
    },
    began,
  });
  // Certificates cost nothing to make: until one is known to be trusted, all behind one address are one.
  const callerOf = (peer: Peer): string =>
    (known.has(peer) ? peer.certificate?.fingerprint : undefined) ?? networkOf(peer.remoteAddress);
  return {
    enter: ({ operation, body, peer, sessionId, response }) =>
      calls.enter({
        lane: operation === undefined ? 'normal' : laneOf(operation, body),
        caller: callerOf(peer),
        session: sessionId ?? `connection ${peer.connectionId}`,
        onLeft: (left) => void response.once('close', left),
      }),
    bodyLimit: (peer, headers) => {
      const { requestBodyBytes } = limits;
      const strangerBodyBytes = Math.min(limits.strangerBodyBytes, requestBodyBytes);
      const isChunked = headers['transfer-encoding'] !== undefined;
      const announced = Number(headers['content-length'] ?? 0);
      if ((!isChunked && announced <= strangerBodyBytes) || known.has(peer)) {
        return requestBodyBytes;
      }
      if (peer.certificate === undefined) return strangerBodyBytes;
      return trusts(peer.certificate).then((yes) => (yes ? requestBodyBytes : strangerBodyBytes));
    },
    know: (peer) => {
      if (known.has(peer)) return false;
      known.add(peer);
      return true;
    },
    figures: () => calls.figures(),
  };
}
