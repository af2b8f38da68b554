/** TLS as a client meets it: the port, the certificate and its validity, its key, and which versions are spoken. */
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Check, type Finding, notChecked, ok, problem, warning } from '../finding.ts';
import { shakeHands } from '../target.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const LEAST_RSA_BITS = 2_048;
const RENEW =
  'keelson certificate renew makes a new self-signed one; have one signed where vCenter’s authority signed the old (refresh the provider in vCenter).';

/** Where nobody runs, whether the port could be had. */
export const checkPort: Check = async ({ installation, loaded }) => {
  if (installation?.answering !== undefined || installation === undefined) return [];
  if (typeof loaded !== 'object') return [];
  const { host, port } = loaded.config;
  if (port === 0) return [notChecked('port.free', 'port 0 is always free')];
  const failure = await listening(host, port);
  if (failure === undefined) return [ok('port.free', `port ${port} on ${host} is free`)];
  const why = `port ${port} on ${host} cannot be had: ${failure}`;
  const advice = {
    EADDRINUSE: `See who has it (ss -ltnp 'sport = :${port}'), end that, or set another port.`,
    EACCES: 'Ports below 1024 need CAP_NET_BIND_SERVICE; set another port.',
  }[failure];
  return [problem('port.free', why, advice ?? 'Set host to an address of this machine.')];
};

/** Undefined when it could be listened there; else the system's code. */
async function listening(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  const failure = await new Promise<string | undefined>((settle) => {
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    server.listen(port, host, () => settle(undefined));
  });
  server.close();
  // The port is free again in the next turn.
  await pause(0);
  return failure;
}

/** The certificates that are served, by the time of day here. */
export const checkValidity: Check = ({ served, clock }) => {
  const [leaf] = chainOf(served);
  if (leaf === undefined) return [];
  const [from, until] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  const days = Math.floor((until - clock.now()) / DAY_MS);
  const date = new Date(until).toISOString().slice(0, 10);
  if (clock.now() > until) {
    const seen = `the certificate ended on ${date}: vCenter and hosts refuse to connect`;
    return [problem('tls.validity', seen, RENEW)];
  }
  if (clock.now() < from) {
    const seen = `the certificate begins only at ${new Date(from).toISOString()}`;
    return [problem('tls.validity', seen, 'Set the clock right, here or where it was signed.')];
  }
  const seen = `the certificate is good for ${days} more days, until ${date}`;
  return [days < SOON_DAYS ? warning('tls.validity', seen, RENEW) : ok('tls.validity', seen)];
};

export const checkKey: Check = ({ served }) => {
  const [leaf] = chainOf(served);
  if (leaf === undefined) return [];
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = leaf.publicKey;
  const seen = `its key is ${type} ${details?.modulusLength ?? details?.namedCurve ?? ''}`.trim();
  if (type === 'rsa' && (details?.modulusLength ?? 0) < LEAST_RSA_BITS)
    return [
      problem('tls.key', seen, 'Install a certificate with an RSA key of 2048 bits or more.'),
    ];
  return [ok('tls.key', seen)];
};

/** The certificates of a PEM text, in its order. */
export function chainOf(pem: string | undefined): readonly X509Certificate[] {
  const blocks = pem?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

/** Whether the provider can be reached, and its chain is one that the given trust verifies. */
export const checkHandshake: Check = async ({ target }) => {
  if (target === undefined) return [];
  try {
    const { protocol, certificate } = await shakeHands(target);
    const seen = `${target.host}:${target.port} speaks ${protocol}, with ${certificate.fingerprint256}`;
    return [ok('tls.handshake', seen), ...(await versions(target))];
  } catch (error) {
    return [explained(error, target.host, target.port)];
  }
};

async function versions(target: Parameters<typeof shakeHands>[0]): Promise<readonly Finding[]> {
  const speaks = async (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
    shakeHands(target, {
      minVersion: version === 'TLSv1.1' ? 'TLSv1' : version,
      maxVersion: version,
    }).then(
      () => true,
      () => false,
    );
  const found: Finding[] = [];
  const [old, middle, last] = [
    await speaks('TLSv1.1'),
    await speaks('TLSv1.2'),
    await speaks('TLSv1.3'),
  ];
  const seen = [...(middle ? ['1.2'] : []), ...(last ? ['1.3'] : [])].join(' and ');
  if (middle) found.push(ok('tls.versions', `it speaks TLS ${seen}`));
  else {
    const advice = 'Older ESXi hosts speak TLS 1.2 alone; let the provider speak it too.';
    found.push(warning('tls.versions', 'it does not speak TLS 1.2', advice));
  }
  if (old)
    found.push(warning('tls.versions', 'it speaks TLS 1.1 or 1.0', 'Switch the old ones off.'));
  return found;
}

const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Start the provider; see that the port of the URL is the one it listens on.',
  ETIMEDOUT:
    'A firewall on the way drops it: open the port from vCenter and hosts to the provider.',
  EHOSTUNREACH: 'There is no way to that address: see routes and firewalls.',
  ENOTFOUND: 'The name cannot be looked up: enter it in the name service, or set publicNames.',
  CERT_HAS_EXPIRED: RENEW,
  CERT_NOT_YET_VALID: 'Set the clocks of both machines right.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'Set publicNames to the name in the URL, then renew the certificate; or use a name that it has.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'What is served is not what was trusted: give the right file with --ca, and see what answers on that port.',
};
const UNKNOWN_ISSUER =
  'Give the certificate of the authority with --ca; when the data folder’s own certificate was used, something else answers on that port.';

/** What a failed connection means. */
function explained(error: unknown, host: string, port: number): Finding {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = error instanceof Error ? error.message : String(error);
  const advice = ADVICE[code] ?? (words === 'no answer' ? ADVICE['ETIMEDOUT'] : UNKNOWN_ISSUER);
  return problem('tls.handshake', `${host}:${port}: ${words}`, advice ?? UNKNOWN_ISSUER);
}
