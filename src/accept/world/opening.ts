/**
 * How a run begins and ends: the authority is registered, vCenter and hosts open sessions and look around;
 * at the end all of it is taken back.
 */
import type {
  QueryProtocolEndpointResponse,
  VasaProviderInfo,
} from '../../wire/generated/vasa-2.0/types.ts';
import { type Contract, VasaClient } from '../client/client.ts';
import type { ApiVersion, Recorder } from '../client/exchange.ts';
import { makeSite, type Player, type Site } from './identities.ts';
import { openLegacyVcenter } from './legacy.ts';
import type { Target } from './target.ts';
import type { Undo } from './undo.ts';
import { usageContextOf } from './usage-context.ts';
import type { Casting, ClientWish, Inventory } from './world.ts';

export interface OpeningOptions {
  readonly target: Target;
  readonly hosts: number;
  readonly soap: '1.1' | '1.2';
  /** The version that the run is opened in. */
  readonly api: ApiVersion;
  readonly contracts: ReadonlyMap<ApiVersion, Contract>;
  readonly recorder: Recorder;
  readonly now: () => number;
  /** Of the certificates; RSA, as vCenter's are, unless told otherwise. */
  readonly keys?: 'rsa' | 'ecdsa';
}

/** A registered vCenter with its hosts, all with sessions. */
export interface Opened {
  readonly site: Site;
  readonly casting: Casting;
  readonly vcenter: VasaClient;
  readonly hosts: readonly VasaClient[];
  readonly inventory: Inventory;
}

/**
 * Registers and opens sessions; `undo` learns how to take it back. Rejects when the provider refuses: what was
 * done until then is in `undo` too.
 */
export async function openRun(options: OpeningOptions, undo: Undo): Promise<Opened> {
  const site = await makeSite(1, options.hosts, options.keys);
  const casting = castingOf(options, site, undo);
  if (options.api === '1.0') return openLegacyRun(options.target, site, casting, undo);
  const provider = await register(options.target, site, casting);
  const vcenter = await casting.session(site.vcenter);
  undo.add('unregister', () =>
    vcenter.call('unregisterVASACertificate', {
      existingCertificate: site.authority.certificatePem,
    }),
  );
  const inventory = await lookAround(vcenter, provider);
  const hosts: VasaClient[] = [];
  for (const player of site.hosts) hosts.push(await openHost(casting, player));
  return { site, casting, vcenter, hosts, inventory };
}

/** Where the provider speaks VASA 1.0 alone: a vCenter with its own certificate, no hosts. */
async function openLegacyRun(
  target: Target,
  site: Site,
  casting: Casting,
  undo: Undo,
): Promise<Opened> {
  const vcenter = await openLegacyVcenter(target, casting, undo);
  const { return: arrays } = await vcenter.call('queryArrays', { arrayUniqueId: [] });
  const inventory = { provider: undefined, arrays, containers: [], endpoints: [] };
  return { site, casting, vcenter, hosts: [], inventory };
}

/** Registers the authority, by name and password. */
export async function register(
  target: Target,
  site: Site,
  casting: Casting,
): Promise<VasaProviderInfo> {
  const anybody = casting.client(undefined, { name: 'registration' });
  const { return: provider } = await anybody.call('registerCACertificatesAndCRLs', {
    providerUserName: target.user,
    providerPassword: target.password,
    caRootCert: [site.authority.certificatePem],
    caCRL: [await site.authority.crl()],
  });
  return provider;
}

/** A host with a session, that has told which endpoints it sees. */
export async function openHost(casting: Casting, player: Player): Promise<VasaClient> {
  const client = await casting.session(player);
  const { return: endpoints }: QueryProtocolEndpointResponse = await client.call(
    'queryProtocolEndpoint',
    { peId: [] },
  );
  await client.call('setPEContext', { listOfHostPE: endpoints });
  return client;
}

async function lookAround(
  vcenter: VasaClient,
  provider: VasaProviderInfo | undefined,
): Promise<Inventory> {
  const { return: arrays } = await vcenter.call('queryArrays', { arrayUniqueId: [] });
  const { return: containers } = await vcenter.call('queryStorageContainer', { containerId: [] });
  const { return: endpoints } = await vcenter.call('queryProtocolEndpoint', { peId: [] });
  return { provider, arrays, containers, endpoints };
}

function castingOf(options: OpeningOptions, site: Site, undo: Undo): Casting {
  const { target, contracts, recorder, now } = options;
  const client = (player: Player | undefined, wish: ClientWish = {}): VasaClient => {
    const { api = options.api, soap = options.soap, connections } = wish;
    const contract = contracts.get(api);
    const url = target.services.get(api);
    if (contract === undefined || url === undefined)
      throw new Error(`the provider serves no VASA ${api}`);
    const made = new VasaClient({
      name: wish.name ?? player?.name ?? 'anybody',
      url,
      trust: [target.trust, site.authority.certificatePem],
      identity: player?.identity,
      contract,
      soap,
      recorder,
      now,
      timeoutMs: target.timeoutMs,
      ...(connections === undefined ? {} : { connections }),
    });
    undo.add(`connections of ${made.options.name}`, async () => made.close());
    return made;
  };
  const session = async (player: Player, wish: ClientWish = {}): Promise<VasaClient> => {
    const made = client(player, wish);
    const usageContext = usageContextOf(player, site.hosts);
    const { return: told } = await made.call('setContext', { usageContext });
    // The id is in the answer too, for clients that do not look at cookies.
    made.session ??= told?.sessionId;
    return made;
  };
  return { client, session };
}
