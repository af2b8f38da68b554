/**
 * How many mutual handshakes this machine does in a second when the server does nothing else: that is what the
 * storm's time is compared with. Measured in the same run, against a server in a process of its own.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { connect, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { nameFor } from '../client/connection.ts';
import type { Actor, Stage } from '../stage.ts';
import { forEach } from '../together.ts';

/** Handshakes under way at once: enough that both sides always have work. */
const AT_ONCE = 64;
const ANSWERS_WITHIN_MS = 30_000;

/** Handshakes per second, a full one for each actor. The server's key is of the same kind as the provider's. */
export async function plainRate(stage: Stage, actors: readonly Actor[]): Promise<number> {
  const key = await keyKindOf(stage, actors);
  const issued = await stage.authority.issueServer({ hosts: ['localhost', '127.0.0.1'], key });
  const { port, end } = await started({
    cert: issued.chainPem,
    key: issued.keyPem,
    ca: stage.authority.certificatePem,
  });
  try {
    const shake = ({ identity }: Actor) => handshake({ port, host: '127.0.0.1', identity });
    await forEach(actors.slice(0, AT_ONCE), AT_ONCE, async (actor) => {
      (await shake(actor)).destroy();
    });
    const open: TLSSocket[] = [];
    const start = performance.now();
    await forEach(actors, AT_ONCE, async (actor) => {
      open.push(await shake(actor));
    });
    const seconds = (performance.now() - start) / 1000;
    for (const socket of open) socket.destroy();
    return actors.length / seconds;
  } finally {
    end();
  }
}

interface Shaken {
  readonly port: number;
  readonly host: string;
  readonly identity: Actor['identity'];
  /** Enough is that the client is done; else the server's first byte is waited for. */
  readonly isClientEnough?: boolean;
}

function handshake({ port, host, identity, isClientEnough = false }: Shaken): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: nameFor(host), secureContext: identity });
    socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy(new Error('no handshake')));
    socket.once('error', reject);
    socket.once(isClientEnough ? 'secureConnect' : 'data', () => resolve(socket));
  });
}

/** Whether the provider shows an RSA or an ECDSA certificate. */
async function keyKindOf({ endpoint }: Stage, [actor]: readonly Actor[]): Promise<'rsa' | 'ecdsa'> {
  if (actor === undefined) return 'ecdsa';
  const socket = await handshake({ ...endpoint, identity: actor.identity, isClientEnough: true });
  const certificate = socket.getPeerCertificate();
  socket.destroy();
  return certificate.asn1Curve === undefined ? 'rsa' : 'ecdsa';
}

const PROGRAM = import.meta.url.replace(/plain-rate(\.\w+)$/, 'plain-server$1');

async function started(identity: object): Promise<{ readonly port: number; end(): void }> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(PROGRAM)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(identity));
  for await (const line of createInterface({ input: child.stdout }))
    return { port: Number(line), end: () => child.kill('SIGKILL') };
  throw new Error('the server that the storm is compared with has not started');
}
