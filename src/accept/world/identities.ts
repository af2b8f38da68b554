/**
 * Who plays: a certificate authority of our own, made for the run and gone with it, and the certificates it
 * gives to vCenters and hosts. Its keys never leave the process.
 */
import { randomUUID } from 'node:crypto';
import {
  type Authority,
  type CertificateOptions,
  type Issued,
  makeAuthority,
} from '../../../certs/make.ts';

export interface Player {
  /** For reports, e.g. `host 2`. */
  readonly name: string;
  readonly kind: 'vCenter' | 'host';
  /** vcGuid or hostGuid. */
  readonly guid: string;
  readonly identity: Issued;
  /** iSCSI name of a host's initiator; a vCenter names those of all hosts. */
  readonly iqn: string;
}

/** The authority of one vCenter, as its VMCA, with the hosts that it manages. */
export interface Site {
  readonly authority: Authority;
  readonly vcenter: Player;
  readonly hosts: readonly Player[];
}

/** A vCenter or host whose certificate that authority gives; dates and usages as asked for. */
export async function makePlayer(
  authority: Authority,
  kind: Player['kind'],
  name: string,
  certificate: CertificateOptions = {},
): Promise<Player> {
  return {
    name,
    kind,
    guid: randomUUID(),
    identity: await authority.issueClient({ name, key: 'rsa', ...certificate }),
    iqn: `iqn.1998-01.com.example:${name.replaceAll(' ', '-').toLowerCase()}`,
  };
}

/**
 * Makes a vCenter's authority, its own certificate and those of `hosts` hosts. RSA is what vCenter gives out;
 * `ecdsa` is made much faster.
 */
export async function makeSite(
  number: number,
  hosts: number,
  key: NonNullable<CertificateOptions['key']> = 'rsa',
): Promise<Site> {
  const authority = await makeAuthority({ name: `Acceptance CA ${number}`, key });
  const player = (kind: Player['kind'], name: string) => makePlayer(authority, kind, name, { key });
  return {
    authority,
    vcenter: await player('vCenter', `vCenter ${number}`),
    hosts: await Promise.all(
      Array.from({ length: hosts }, (_, index) => player('host', `host ${number}.${index + 1}`)),
    ),
  };
}
