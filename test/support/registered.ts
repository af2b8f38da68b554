/**
 * What a vCenter does before anything else can be tested over the wire: finds the service, brings its
 * root, has the provider's certificate signed. In XML of its own (`soap-client.ts`), over verified TLS.
 */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { type Authority, type Issued, makeAuthority } from '../../certs/make.ts';
import { type Ready, USER } from './server-process.ts';
import {
  type ApiVersion,
  type ClientOptions,
  escaped,
  type SoapClient,
  soapClient,
  textOf,
} from './soap-client.ts';

/** A vCenter that the provider knows. */
export interface VCenter {
  readonly authority: Authority;
  /** URL of the VASA 2.0 service. */
  readonly url: string;
  /** What the provider called itself at registration. */
  readonly uid: string;
  /** A client with this identity (by default none) that trusts this vCenter's root alone. */
  client(identity?: Issued, options?: Partial<ClientOptions>): SoapClient;
  /** A host of this vCenter with a live session that sees all endpoints. */
  host(hostId: string, options?: Partial<ClientOptions>): Promise<SoapClient>;
}

/** GET over TLS that trusts `trust` alone. */
export function fetchText(url: string, trust: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca: trust, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (part) => {
        text += part;
      });
      incoming.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

/** URL of the service of an API version, as version.xml tells it. */
export async function serviceUrl(
  versionXml: string,
  trust: string,
  version: ApiVersion = '2.0',
): Promise<string> {
  const text = await fetchText(versionXml, trust);
  const places = [...text.matchAll(/<serviceLocation>\s*([^<]+?)\s*<\/serviceLocation>/g)];
  const place = places.map(([, found = '']) => found).find((found) => found.includes(version));
  if (place === undefined) throw new Error(`no place of VASA ${version} in ${text}`);
  return new URL(place, versionXml).href;
}

/** The arguments of registerCACertificatesAndCRLs. */
export function rootsMessage(roots: readonly string[], crls: readonly string[]): string {
  const element = (name: string) => (pem: string) => `<m:${name}>${pem}</m:${name}>`;
  return [...roots.map(element('caRootCert')), ...crls.map(element('caCRL'))].join('');
}

export function credentialsMessage(
  user: string = USER.name,
  password: string = USER.password,
): string {
  return `<m:providerUserName>${escaped(user)}</m:providerUserName><m:providerPassword>${escaped(password)}</m:providerPassword>`;
}

/** How a vCenter differs from the usual one. */
interface Registering {
  /** What the provider's present certificate is checked against, PEM; default its certificate file. */
  readonly trust?: string;
  /** The CRLs it brings along; default one that revokes nobody. */
  readonly crls?: readonly string[];
  /** It leaves the provider's certificate alone, as a second vCenter has to. */
  readonly keepsCertificate?: boolean;
  /** By default that of USER. */
  readonly user?: string;
  readonly password?: string;
}

/** Registers a new authority, and usually has the provider's certificate signed by it. */
export async function register(
  ready: Pick<Ready, 'versionXml' | 'certificateFile'>,
  how: Registering = {},
): Promise<VCenter> {
  const authority = await makeAuthority({ name: 'Test vCenter CA' });
  const trust = how.trust ?? readFileSync(ready.certificateFile, 'utf8');
  const url = await serviceUrl(ready.versionXml, trust);
  const bootstrap = soapClient({ url, trust });
  const roots = rootsMessage([authority.certificatePem], how.crls ?? [await authority.crl()]);
  const credentials = credentialsMessage(how.user, how.password);
  const info = await bootstrap.ask('registerCACertificatesAndCRLs', credentials + roots);
  if (!how.keepsCertificate) await signCertificate(bootstrap, authority);
  bootstrap.close();
  return known(authority, url, textOf(info, 'uid'));
}

/** Has the provider's certificate signed. Gives the certificate, PEM. Rejects on a fault. */
export async function signCertificate(client: SoapClient, authority: Authority): Promise<string> {
  const request = textOf(await client.ask('requestCSR', null), 'return');
  const signed = await authority.signRequest(request);
  await client.ask('registerCASignedProviderCertificate', installMessage(signed));
  return signed;
}

/** The arguments of registerCASignedProviderCertificate. */
export function installMessage(signed: string): string {
  return `<m:providerCert>${signed}</m:providerCert><m:forceApply>true</m:forceApply>`;
}

/** The same vCenter towards a provider that knows it already, after a restart. */
export async function reached(
  vcenter: VCenter,
  ready: Pick<Ready, 'versionXml'>,
): Promise<VCenter> {
  const url = await serviceUrl(ready.versionXml, vcenter.authority.certificatePem);
  return known(vcenter.authority, url, vcenter.uid);
}

function known(authority: Authority, url: string, uid: string): VCenter {
  const client: VCenter['client'] = (identity, options = {}) =>
    soapClient({ url, trust: authority.certificatePem, identity, ...options });
  return {
    authority,
    url,
    uid,
    client,
    async host(hostId, options) {
      const host = client(await authority.issueClient(), options);
      await openSession(host, hostId);
      return host;
    },
  };
}

/** Opens a host's session and tells the provider that the host sees every endpoint. Gives the reply. */
export async function openSession(host: SoapClient, hostId: string): Promise<string> {
  const iqn = `<d:iscsiIdentifier>iqn.1998-01.com.example:${hostId}</d:iscsiIdentifier>`;
  const context = `<d:hostGuid>${hostId}</d:hostGuid><d:hostInitiator>${iqn}</d:hostInitiator>`;
  const reply = await host.ask('setContext', `<m:usageContext>${context}</m:usageContext>`);
  const endpoints = await host.ask('queryProtocolEndpoint', '');
  await host.ask('setPEContext', listOfHostPE(endpoints));
  return reply;
}

/** The endpoints of a queryProtocolEndpoint answer as arguments of setPEContext. */
function listOfHostPE(answer: string): string {
  const ids = [...answer.matchAll(/<(?:\w+:)?uniqueIdentifier[^>]*>([^<]*)</g)].map(([, id]) => id);
  return ids
    .map(
      (id) =>
        `<m:listOfHostPE><d:uniqueIdentifier>${id}</d:uniqueIdentifier>${REST_OF_PE}</m:listOfHostPE>`,
    )
    .join('');
}

/** A host that names the endpoint's id need not repeat the rest; the schema wants something there. */
const REST_OF_PE =
  '<v:inBandBindCapability>None</v:inBandBindCapability><v:inBandId><v:protocolEndpointType>SCSI</v:protocolEndpointType></v:inBandId>';
