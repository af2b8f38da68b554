/**
 * The provider as a client meets it: where its version.xml is, and TLS to it that is always verified, by what the
 * caller trusts alone. Knows nothing of the provider's insides.
 */
import { request } from 'node:https';
import { isIP } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  type PeerCertificate,
  type SecureVersion,
} from 'node:tls';
import { LIMITS } from '../../model/limits.ts';

export interface Target {
  /** Of version.xml. */
  readonly url: string;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** PEM; empty: the authorities that the system trusts. */
  readonly trust: readonly string[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export interface Handshake {
  /** E.g. `TLSv1.3`. */
  readonly protocol: string;
  readonly certificate: PeerCertificate;
}

/** Reads the URL. Throws RangeError when it is none that TLS leads to. */
export function targetOf(url: string, trust: readonly string[]): Target {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:') throw new RangeError(`not an https URL: ${url}`);
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  return { url, host, port: Number(parsed.port || '443'), trust };
}

/** What is trusted. A chain that ends below its root is trusted as far as it goes, as a pinned one is. */
function anchors(
  trust: readonly string[],
): Pick<ConnectionOptions, 'ca' | 'allowPartialTrustChain'> {
  return trust.length === 0 ? {} : { ca: [...trust], allowPartialTrustChain: true };
}

/** A handshake with verified certificate. Rejects with the system's or OpenSSL's error. */
export function shakeHands(
  { host, port, trust }: Pick<Target, 'host' | 'port' | 'trust'>,
  versions: { readonly minVersion?: SecureVersion; readonly maxVersion?: SecureVersion } = {},
): Promise<Handshake> {
  // The newest protocols forbid the oldest by their level of security alone.
  const ciphers = versions.maxVersion === 'TLSv1.1' ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {};
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...anchors(trust),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...versions,
      ...ciphers,
    });
    socket.setTimeout(LIMITS.doctorConnectMs, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      resolve({ protocol: socket.getProtocol() ?? 'unknown', certificate });
      socket.destroy();
    });
  });
}

/** One exchange over verified TLS without client certificate; a body makes it a POST. */
export function exchange(
  url: string,
  trust: readonly string[],
  post?: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<HttpAnswer> {
  const sending = post === undefined ? {} : { method: 'POST', headers: post.headers };
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(LIMITS.doctorCheckMs);
    const sent = request(url, { ...anchors(trust), agent: false, signal, ...sending });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => {
        text += piece;
        if (text.length > LIMITS.doctorAnswerBytes) answer.destroy(new Error('it is too long'));
      });
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      );
    });
    sent.end(post?.body);
  });
}
