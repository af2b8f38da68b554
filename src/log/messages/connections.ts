/**
 * Why a connection never became a call, by the code of its line `connection_failed`: the provider's own
 * codes, Node's for TLS and HTTP, and the system's. A code that no row names is explained by the last one.
 * Source of the codes: `src/wire/listener.ts` and `src/wire/admission/door.ts`; Node's `tls` and `http`;
 * the alert names of TLS 1.2 and 1.3 (RFC 5246, RFC 8446) as OpenSSL spells them.
 */
import type { Explanation } from '../../model/explanation.ts';

interface ConnectionFailure extends Explanation {
  /** Codes it covers; `*` stands for anything: OpenSSL spells alerts differently from one release to the next. */
  readonly codes: readonly string[];
}

const TRUSTS_NOT =
  'Have vCenter refresh the certificate and CA certificates of this provider; on a host where it does not help, restart the management agents (`services.sh restart`), which fetch the trusted CAs anew.';

/** By name, which after `connection_failed.` is the id; the first whose codes match counts. */
export const CONNECTION_FAILURES = {
  no_tls: {
    codes: ['NO_TLS'],
    means: 'The client does not speak TLS.',
    causes: [
      'The provider’s URL was given with `http:` instead of `https:`.',
      'A load balancer in front ends TLS itself and passes plain HTTP on.',
      'A port scanner, or a health check that only opens the port.',
    ],
    remedy:
      'Use the URL that the provider prints at its start. A load balancer has to pass TLS through. Point health checks at `/healthz` of the health listener.',
  },
  handshake_timeout: {
    codes: ['ERR_TLS_HANDSHAKE_TIMEOUT'],
    means:
      'The client connected, and then sent nothing, or did not finish its TLS handshake in time.',
    causes: [
      'A health check or port scanner that only opens the port.',
      'A firewall or a network with a wrong packet size (MTU) that lets small packets through and swallows large ones.',
      'A client that is overloaded.',
    ],
    remedy:
      'If it is a host: test the path with full-size packets (`vmkping -d -s 1472`). If it is a monitor: point it at `/healthz`.',
  },
  hung_up: {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED'],
    means:
      'The client, or something between, broke the connection off during the handshake or in the middle of a request.',
    causes: [
      'A client that does not accept the provider’s certificate and says nothing: read its own log.',
      'A client that gave up waiting, or was restarted.',
      'A firewall that ends connections it knows nothing of.',
      'A health check that only opens the port.',
    ],
    remedy:
      'Nothing, if it is rare. Else read the client’s log of the same second: vvold.log on a host, sps.log on vCenter.',
  },
  certificate_unknown: {
    codes: ['ERR_SSL_*ALERT_CERTIFICATE_UNKNOWN', 'ERR_SSL_*ALERT_UNKNOWN_CA'],
    means: 'The client looked at the provider’s certificate and does not trust it.',
    causes: [
      'The provider was never registered in that vCenter, or shows a certificate of another vCenter’s CA.',
      'The provider’s certificate is new, and the client still holds the old one to be the right one.',
      'The CA of vCenter was replaced, and the host has not got the new one.',
      'The certificate has none of the names by which the client calls the provider.',
    ],
    remedy: `Compare the certificate (\`keelson certificate show\`) with what vCenter trusts. ${TRUSTS_NOT}`,
  },
  certificate_expired: {
    codes: ['ERR_SSL_*ALERT_CERTIFICATE_EXPIRED'],
    means: 'The client says that the provider’s certificate has expired.',
    causes: ['It has.', 'The clock of the client is ahead.'],
    remedy:
      'Look at `keelson certificate show`; renew it from vCenter, and check the time of both machines.',
  },
  certificate_revoked: {
    codes: ['ERR_SSL_*ALERT_CERTIFICATE_REVOKED'],
    means: 'The client says that the provider’s certificate was revoked.',
    causes: ['vCenter revoked it, for example when the provider was removed there.'],
    remedy: 'Remove this provider in vCenter and add it again: it then gets a new certificate.',
  },
  certificate_refused: {
    codes: [
      'ERR_SSL_*ALERT_BAD_CERTIFICATE*',
      'ERR_SSL_*ALERT_UNSUPPORTED_CERTIFICATE',
      'ERR_SSL_*ALERT_NO_CERTIFICATE',
      'ERR_SSL_*ALERT_CERTIFICATE_UNOBTAINABLE',
      'ERR_SSL_*ALERT_ACCESS_DENIED',
      'ERR_SSL_*ALERT_DECRYPT_ERROR',
    ],
    means: 'The client refuses the provider’s certificate for another reason than trust.',
    causes: [
      'Its kind of key or signature is one that the client does not accept.',
      'Its names are not those by which the client calls.',
    ],
    remedy: `Look at \`keelson certificate show\`: names, kind of key, dates. ${TRUSTS_NOT}`,
  },
  no_common_tls: {
    codes: [
      'ERR_SSL_UNSUPPORTED_PROTOCOL',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'ERR_SSL_NO_SHARED_*',
      'ERR_SSL_NO_SUITABLE_*',
      'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
      'ERR_SSL_INAPPROPRIATE_FALLBACK',
      'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED',
      'ERR_SSL_*ALERT_PROTOCOL_VERSION',
      'ERR_SSL_*ALERT_HANDSHAKE_FAILURE',
      'ERR_SSL_*ALERT_INSUFFICIENT_SECURITY',
    ],
    means:
      'Client and provider have no version of TLS, or no cipher, in common. The provider takes TLS 1.2 and 1.3.',
    causes: [
      'An old client that speaks only TLS 1.0 or 1.1.',
      'A client or machine whose ciphers were restricted by a security profile.',
      'A scanner that tries weak ciphers.',
    ],
    remedy: 'Enable TLS 1.2 on the client. A security scanner’s attempts may be ignored.',
  },
  bad_client_signature: {
    codes: [
      'ERR_SSL_BAD_SIGNATURE',
      'ERR_SSL_BAD_ECPOINT',
      'ERR_SSL_WRONG_SIGNATURE_*',
      'ERR_SSL_NO_CERTIFICATE_*',
    ],
    means: 'What the client proved its key with during the handshake does not hold.',
    causes: [
      'The client’s certificate and key do not belong together.',
      'A client with a faulty TLS library.',
    ],
    remedy:
      'Renew the client’s certificate. If it is an ESXi host, renew it in vCenter (Certificate, Renew).',
  },
  broken_tls: {
    codes: ['ERR_SSL_*', 'ERR_TLS_*', 'ERR_OSSL_*', 'EPROTO'],
    means:
      'The TLS of this connection went wrong in a way that no other row names: the code and `reason` say how.',
    causes: [
      'Something between client and provider changes the traffic, such as a firewall that inspects TLS.',
      'A client that sends something else after a sound beginning; a scanner.',
    ],
    remedy:
      'Exclude the provider’s port from TLS inspection. If a host is concerned, read its log of the same second.',
  },
  request_timeout: {
    codes: ['ERR_HTTP_REQUEST_TIMEOUT'],
    means:
      'The client began a request and did not finish it in time. It was answered with HTTP 408.',
    causes: [
      'A network that loses packets.',
      'A client that hangs.',
      'Somebody who keeps connections busy on purpose.',
    ],
    remedy:
      'Nothing, if it is rare. Else look at the path between the client’s address and this machine.',
  },
  headers_too_large: {
    codes: ['HPE_HEADER_OVERFLOW'],
    means:
      'The headers of a request were larger than the provider takes. It was answered with HTTP 431.',
    causes: ['A proxy in front that adds headers.', 'Something that is no vCenter and no host.'],
    remedy: 'Have clients reach the provider directly.',
  },
  bad_http: {
    codes: ['HPE_*'],
    means:
      'What came over TLS is no request of HTTP. It was answered with HTTP 400 where the connection could carry an answer.',
    causes: ['A client or proxy with a mistake in its HTTP.', 'A scanner.'],
    remedy: 'Find out what runs at that address. vCenter and hosts do not do this.',
  },
  pipelining: {
    codes: ['PIPELINE'],
    means:
      'A client sent more requests on one connection than may wait there, without taking the answers.',
    causes: ['A program that is no vCenter and no host, with a mistake or ill intent.'],
    remedy: 'Find out what runs at that address.',
  },
  answer_not_taken: {
    codes: ['ANSWER_TIMEOUT'],
    means: 'A client asked, and did not take the answer for so long that the connection was ended.',
    causes: ['A client that hangs or was suspended.', 'A network that loses packets.'],
    remedy: 'Nothing, if it is rare: the client asks again. Else look at that client.',
  },
  no_proxy: {
    codes: ['CONNECT'],
    means: 'A client took the provider for a web proxy.',
    causes: ['A scanner.', 'A proxy setting that names this machine and port.'],
    remedy: 'Correct the proxy setting of that client.',
  },
  network: {
    codes: ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ENOTCONN'],
    means: 'The network to the client broke.',
    causes: ['A cable, a switch, a route or a firewall.', 'The client’s machine lost its power.'],
    remedy: 'Look at the network between the client’s address and this machine.',
  },
  other: {
    codes: ['*'],
    means:
      'The connection failed in a way that this release has no explanation for: the code and `reason` say how.',
    causes: [],
    remedy:
      'Look the code up in the documentation of Node.js or OpenSSL. If it comes often, report it with the log.',
  },
} as const satisfies Readonly<Record<string, ConnectionFailure>>;

/** Name of the row that explains this code. */
export function connectionFailureOf(code: string): keyof typeof CONNECTION_FAILURES {
  const names = Object.keys(CONNECTION_FAILURES) as (keyof typeof CONNECTION_FAILURES)[];
  return (
    names.find((name) => CONNECTION_FAILURES[name].codes.some((each) => fits(code, each))) ??
    'other'
  );
}

/** Whether a code is of this form, which has at most two `*`. */
function fits(code: string, form: string): boolean {
  const [start = '', ...rest] = form.split('*');
  if (rest.length === 0) return code === form;
  const end = rest.at(-1) ?? '';
  const middle = rest.length > 1 ? (rest[0] ?? '') : '';
  return code.startsWith(start) && code.endsWith(end) && code.slice(start.length).includes(middle);
}
