/**
 * What every part of a load run stands on: a provider that a vCenter of our own is registered with, hosts by
 * the thousand with certificates of that vCenter's authority, and the messages that they send.
 */
import { randomUUID } from 'node:crypto';
import { connect, createSecureContext, type SecureContext } from 'node:tls';
import type { Authority } from '../../certs/make.ts';
import { issueMany } from '../../certs/many.ts';
import type { Contract, VasaClient } from '../accept/client/client.ts';
import { openRun } from '../accept/world/opening.ts';
import type { Target } from '../accept/world/target.ts';
import type { Undo } from '../accept/world/undo.ts';
import type { Inventory } from '../accept/world/world.ts';
import { type Endpoint, type Manner, nameFor, PROMPT } from './client/connection.ts';
import { Host } from './client/host.ts';
import { type Message, Messages } from './client/messages.ts';
import { type PlainServer, startPlainServer } from './plain/server.ts';

/** Who a host is. Kept over reconnects. */
export interface Actor {
  readonly name: string;
  readonly guid: string;
  readonly identity: SecureContext;
}

/** What is asked of a run. */
export interface StageOptions {
  readonly target: Target;
  readonly contract: Contract;
  /** For the handshake, and for each answer. */
  readonly timeoutMs: number;
  /** Event types that hosts subscribe to; none: all. */
  readonly events: readonly string[];
  readonly now: () => number;
}

export interface Stage {
  readonly options: StageOptions;
  readonly authority: Authority;
  readonly endpoint: Endpoint;
  readonly messages: Messages;
  readonly inventory: Inventory;
  /** The container that volumes are made in: the first. */
  readonly containerId: string;
  /** The registered vCenter, with its session. */
  readonly vcenter: VasaClient;
  /** Port of a server here that shakes hands and does nothing else; started when it is first asked for. */
  plainPort(): Promise<number>;
  /** The first so many actors; made when they are first asked for. */
  actors(count: number): Promise<readonly Actor[]>;
  /** A host without a session. */
  host(actor: Actor, how?: { readonly connections?: number; readonly manner?: Manner }): Host;
  setContext(actor: Actor): Message;
  /** All of the provider's endpoints. */
  readonly setPEContext: Message;
}

/** Registers with the provider and looks around. `undo` learns how to take it back. */
export async function openStage(options: StageOptions, undo: Undo): Promise<Stage> {
  const { target, contract, timeoutMs, events, now } = options;
  const url = target.services.get('2.0');
  if (url === undefined) throw new Error('the provider serves no VASA 2.0');
  const { site, vcenter, inventory } = await openRun(
    {
      ...{ target, hosts: 0, soap: '1.1', api: '2.0', now, keys: 'ecdsa' },
      contracts: new Map([['2.0', contract]]),
      recorder: { take: () => undefined },
    },
    undo,
  );
  const containerId = inventory.containers[0]?.uniqueIdentifier;
  if (containerId === undefined) throw new Error('the provider shows no storage container');
  const messages = new Messages(contract.codec, url);
  const endpoint = endpointOf(url);
  const trust = [target.trust, site.authority.certificatePem];
  const made: Actor[] = [];
  let plain: Promise<PlainServer> | undefined;
  const startPlain = async () => {
    const server = await startPlainServer(site.authority, await keyKindOf(endpoint, trust));
    undo.add('the server that the storm is compared with', () => server.end());
    return server;
  };
  return {
    ...{ options, authority: site.authority, endpoint, messages },
    ...{ inventory, containerId, vcenter },
    async actors(count) {
      const first = made.length + 1;
      if (first <= count) made.push(...(await makeActors(site.authority, trust, [first, count])));
      return made.slice(0, count);
    },
    async plainPort() {
      plain ??= startPlain();
      return (await plain).port;
    },
    host: ({ name, identity }, { connections = 1, manner = PROMPT } = {}) =>
      new Host({ name, endpoint, identity, timeoutMs, connections, manner }),
    setContext: (actor) =>
      messages.message('setContext', { usageContext: contextOf(actor, events) }),
    setPEContext: messages.message('setPEContext', { listOfHostPE: inventory.endpoints }),
  };
}

function endpointOf(url: string): Endpoint {
  const { hostname, port } = new URL(url);
  // An IPv6 address stands in brackets in a URL, and nowhere else.
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 443) };
}

async function makeActors(
  authority: Authority,
  trust: readonly string[],
  numbers: readonly [first: number, last: number],
): Promise<readonly Actor[]> {
  const issued = await issueMany(authority, 'Load host', numbers);
  return issued.map(({ name, certificatePem, keyPem }) => ({
    name,
    guid: randomUUID(),
    identity: createSecureContext({ cert: certificatePem, key: keyPem, ca: [...trust] }),
  }));
}

/** Whether the provider shows an RSA or an ECDSA certificate. */
function keyKindOf({ host, port }: Endpoint, trust: readonly string[]): Promise<'rsa' | 'ecdsa'> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: nameFor(host), ca: [...trust] });
    socket.once('error', reject).once('secureConnect', () => {
      const { asn1Curve } = socket.getPeerCertificate();
      socket.destroy();
      resolve(asn1Curve === undefined ? 'rsa' : 'ecdsa');
    });
  });
}

function contextOf({ name, guid }: Actor, subscribeEvent: readonly string[]) {
  const iqn = `iqn.1998-01.com.example:${name.replaceAll(' ', '-').toLowerCase()}`;
  return {
    hostGuid: guid,
    hostInitiator: [{ uniqueIdentifier: iqn, iscsiIdentifier: iqn }],
    mountPoint: [{ serverName: '192.0.2.20', filePath: '/load' }],
    hostIoIpAddress: [],
    iscsiInitiatorIpAddress: [],
    chapUsername: [],
    subscribeEvent,
  };
}
