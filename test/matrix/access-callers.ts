/**
 * One client of each kind for the access matrix, on the stage of the other one. What a revoked and an expired
 * client have is what they had when they were good: a certificate, and the id of a session.
 */
import type { Issued } from '../../certs/make.ts';
import { makeAuthority } from '../../certs/make.ts';
import { rootsMessage } from '../support/registered.ts';
import type { Reply, SoapClient } from '../support/soap-client.ts';
import type { Principal } from './access.ts';
import type { Stage } from './stage.ts';
import { usageContext } from './who.ts';
import { d, joined, m, type Xml } from './xml.ts';

const HOUR_MS = 3_600_000;

export interface AccessCallers {
  /** Calls as that kind of client. One with a session has it anew when an earlier call has ended it. */
  call(principal: Principal, operation: string, message: Xml | null): Promise<Reply>;
  /** The certificate that its vCenter shows. */
  readonly vcenterCertificate: string;
}

interface Known {
  readonly client: SoapClient;
  readonly identity: Issued | undefined;
  /** Opens a session; undefined where nobody may. */
  readonly open: (() => Promise<unknown>) | undefined;
}

type All = Readonly<Record<Principal, Known>>;

/** Makes them for each stage; clients close with the stage. */
export async function accessCallers(stages: readonly Stage[]): Promise<readonly AccessCallers[]> {
  const made: All[] = [];
  // One after the other: each moves the clock.
  for (const stage of stages) made.push(await knownOn(stage));
  const [stage] = stages;
  if (stage !== undefined)
    await revoke(
      stage,
      made.map(({ revoked }) => revoked.identity),
    );
  return made.map(callersOf);
}

async function knownOn(stage: Stage): Promise<All> {
  const { authority } = stage.vcenter;
  const { version, clock } = stage;
  const known = async (
    identity: Issued | undefined,
    context: Xml | undefined = undefined,
  ): Promise<Known> => {
    const client = stage.client(identity);
    const open = async () => {
      if (context !== undefined) await client.ask('setContext', m({ usageContext: context }).text);
    };
    await open();
    return { client, identity, open: context === undefined ? undefined : open };
  };
  const one = () => authority.issueClient();
  const good = {
    anonymous: await known(undefined),
    untrusted: await known(await (await makeAuthority()).issueClient()),
    revoked: await known(await one(), usageContext(version, `access-revoked-${version}`)),
    foreign: await known(await one()),
    sessionless: await known(await one()),
    host: await known(await one(), usageContext(version, `access-host-${version}`)),
    // What it says of the hosts that it manages, it says in a host's words without a host's id.
    vcenter: await known(
      await one(),
      joined(usageContext('1.0', `access-${version}`), d({ vcGuid: `access-vcenter-${version}` })),
    ),
  };
  // Its certificate ended an hour ago; when it opened its session the clock was two hours behind.
  const short = await authority.issueClient({ notAfter: clock.now() - HOUR_MS });
  clock.moveBy(-2 * HOUR_MS);
  const expired = await known(short, usageContext(version, `access-expired-${version}`));
  clock.moveBy(2 * HOUR_MS);
  return { ...good, expired };
}

/** The vCenter brings a CRL that lists the certificates. It stays the newest while the tests run. */
async function revoke(
  { clients, vcenter }: Stage,
  identities: readonly (Issued | undefined)[],
): Promise<void> {
  const { authority } = vcenter;
  const revoked = identities.filter((each) => each !== undefined);
  const crl = await authority.crl({ revoked, thisUpdate: Date.now() + HOUR_MS });
  const roots = rootsMessage([authority.certificatePem], [crl]);
  await clients.vcenter.ask('refreshCACertificatesAndCRLs', roots);
}

function callersOf(all: All): AccessCallers {
  const ended = { revoked: all.revoked.client.session, expired: all.expired.client.session };
  /** The session id that goes with a call. */
  const sessionOf = async (principal: Principal): Promise<string | undefined> => {
    if (principal === 'sessionless') return undefined;
    if (principal === 'revoked' || principal === 'expired') return ended[principal];
    const { client, open } = all[principal === 'vcenter' ? 'vcenter' : 'host'];
    if (client.session === '0') await open?.();
    return client.session;
  };
  return {
    vcenterCertificate: all.vcenter.identity?.certificatePem ?? '',
    call: async (principal, operation, message) => {
      const { client } = all[principal];
      client.session = await sessionOf(principal);
      return client.call(operation, message === null ? null : message.text);
    },
  };
}
