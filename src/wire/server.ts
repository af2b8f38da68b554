/**
 * The SOAP door: everything that is served on the provider's one port, put together. The listener has
 * the connections, `routes.ts` the paths; this is what the rest of the product starts and stops.
 */
import { type Clock, systemClock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import type { CallFigures } from './admission/calls.ts';
import { createGate, type GateLimits, type GateOptions } from './admission/gate.ts';
import type { HandshakeFigures } from './admission/handshakes.ts';
import { createShedding, type SheddingLimits } from './admission/shedding.ts';
import { type BodyLimits, createBodyBudget } from './body-budget.ts';
import type { LaneOf, PeerCertificate, WireLog } from './call.ts';
import { readContract } from './contract.ts';
import type { Dispatcher } from './dispatch.ts';
import type { CatalogFile } from './documents.ts';
import { type ConnectionLimits, createListener, type TlsIdentity } from './listener.ts';
import { createOutbox } from './outbox.ts';
import { createPeerOf } from './peer.ts';
import { createHandle, type RoutedService } from './routes.ts';

/** One API version: where it is served, and by what. */
export interface ServedApi {
  /** Absolute, without query, e.g. `/vasa/services/vasaService`. */
  readonly path: string;
  /** Folder with its WSDL and schemas. */
  readonly wsdlDirectory: string;
  readonly dispatcher: Pick<Dispatcher, 'answer' | 'called' | 'refuse'>;
}

export interface WireServerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly tls: TlsIdentity;
  readonly services: readonly ServedApi[];
  /** The text of `/vasa/version.xml`, asked for each time. */
  readonly versionXml: () => string;
  /** By path, e.g. `/vasa/catalog/en/event.vmsg`. Looked into each time, so it may change. */
  readonly catalogs: ReadonlyMap<string, CatalogFile>;
  /** Value of the `Server` header: the release signature. */
  readonly serverHeader: string;
  readonly log: WireLog;
  readonly clock?: Clock;
  /** Default: all calls are `normal`. */
  readonly laneOf?: LaneOf;
  /** Is this certificate trusted now? Default: none is. Asked before a large request is read. */
  readonly trusts?: (certificate: PeerCertificate) => Promise<boolean>;
  /** Told of each call that begins, and how long it has waited for its turn. Must return at once. */
  readonly callBegan?: GateOptions['began'];
  /** In place of those of `LIMITS`. */
  readonly limits?: Partial<ConnectionLimits & BodyLimits & GateLimits & SheddingLimits>;
}

export interface WireFigures {
  readonly handshakes: HandshakeFigures;
  readonly calls: CallFigures;
}

/** Serves from `listen` to `close`. */
export interface WireServer {
  /** Gives the port. Rejects when the address cannot be had (`code` as Node's, e.g. EADDRINUSE). */
  listen(): Promise<number>;
  /**
   * From the next handshake on; connections and VASA sessions stay. Throws when key and certificate do
   * not fit each other; then the old ones stay.
   */
  replaceTls(tls: TlsIdentity): void;
  /** No TLS session made so far can be resumed any more. Call it whenever trust has changed. */
  rotateTickets(): void;
  /** What is under way and waits, and what has been refused. */
  figures(): WireFigures;
  /** Stops accepting, lets what is under way end within `drainMs`, then ends every connection. */
  close(options: { readonly drainMs: number }): Promise<void>;
}

/** Reads the contracts and prepares the server. Rejects when a WSDL folder cannot be read. */
export async function createWireServer(options: WireServerOptions): Promise<WireServer> {
  const { services, versionXml, catalogs, serverHeader, log, clock = systemClock } = options;
  const limits = { ...LIMITS, ...options.limits };
  const routed = new Map<string, RoutedService>();
  for (const { path, wsdlDirectory, dispatcher } of services) {
    routed.set(path, { dispatcher, contract: await readContract(wsdlDirectory) });
  }
  const shedding = createShedding(limits, (counts) => log.shedding(counts));
  const listener = createListener({ ...options, limits, shedding });
  const gate = createGate({
    limits,
    laneOf: options.laneOf ?? (() => 'normal'),
    trusts: options.trusts ?? (async () => false),
    shedding,
    began: options.callBegan,
  });
  const outbox = createOutbox({ serverHeader, log, clock, isClosing: () => listener.closing });
  const handle = createHandle({
    services: routed,
    versionXml,
    catalogs,
    clock,
    peerOf: createPeerOf(),
    bodies: createBodyBudget(limits),
    gate,
    known: listener.known,
    outbox,
  });
  listener.server.on('request', handle);
  return {
    listen: () => listener.listen(),
    replaceTls: (tls) => listener.replaceTls(tls),
    rotateTickets: () => listener.rotateTickets(),
    figures: () => ({ handshakes: listener.figures(), calls: gate.figures() }),
    close: async ({ drainMs }) => {
      await listener.close(drainMs);
      shedding.close();
    },
  };
}
