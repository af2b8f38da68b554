/**
 * What a handler is given: who calls, as far as the row's session rule has proved it, and the provider's
 * parts. A handler sees no XML, socket or header.
 */
import type { StorageArrayPort } from '../array/port.ts';
import type { Clock } from '../model/clock.ts';
import type { Session } from '../model/session.ts';
import type { NextTurn } from '../model/turns.ts';
import type { ProviderStore } from '../store/port.ts';
import type { Sessions } from '../trust/sessions.ts';
import type { Trust, TrustedClient } from '../trust/trust.ts';
import type { Call } from '../wire/call.ts';
import type { ProviderAlarms } from './alarms/provider-alarms.ts';
import type { MessageCatalogs } from './catalog/message-catalogs.ts';
import type { ProviderEvents } from './events/provider-events.ts';
import type { ProviderGroup } from './group/group.ts';

/** The parts of a running provider. Made once in `main.ts`. */
export interface Provider {
  readonly clock: Clock;
  readonly array: StorageArrayPort;
  readonly store: ProviderStore;
  readonly trust: Trust;
  readonly sessions: Sessions;
  readonly events: ProviderEvents;
  readonly alarms: ProviderAlarms;
  readonly identity: ProviderIdentity;
  readonly catalogs: MessageCatalogs;
  readonly choices: ProtocolChoices;
  readonly group: ProviderGroup;
  /** For work that is done in slices, one of them in each turn of the event loop. */
  readonly nextTurn: NextTurn;
}

/** Corners that the protocol leaves open and where another choice may be needed (`protocol` settings). */
export interface ProtocolChoices {
  /** Which bit of a byte is the first of its eight chunks (docs/protocol-choices.md, "Bitmaps"). */
  readonly bitmapBitOrder: 'leastFirst' | 'mostFirst';
}

/** What VasaProviderInfo says that does not change while the provider runs. */
export interface ProviderIdentity {
  readonly uid: string;
  readonly name: string;
  /** Worldwide unique, for ids and profiles of this provider, e.g. `org.keelson`. */
  readonly defaultNamespace: string;
  /** Release signature. */
  readonly providerVersion: string;
  readonly supportedVendorModels: readonly {
    readonly vendorId: string;
    readonly modelId: string;
  }[];
}

/** Rule `open`. `client` is known when a trusted certificate came all the same. */
export interface OpenContext {
  readonly call: Call;
  readonly provider: Provider;
  readonly client: TrustedClient | undefined;
  readonly session: Session | undefined;
}

/** Rule `certificate`. */
export interface CertificateContext extends OpenContext {
  readonly client: TrustedClient;
}

/** Rule `session`. */
export interface SessionContext extends CertificateContext {
  readonly session: Session;
}
