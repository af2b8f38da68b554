/**
 * How many mutual handshakes this machine does in a second when the server does nothing else: that is what the
 * storm's time is compared with.
 */
import { connect, type TLSSocket } from 'node:tls';
import type { Actor } from '../stage.ts';
import { forEach } from '../together.ts';

/** Handshakes under way at once: enough that both sides always have work. */
const AT_ONCE = 64;
const ANSWERS_WITHIN_MS = 30_000;
const HOST = '127.0.0.1';

/** Handshakes per second, a full one for each actor, all connections kept until the last. */
export async function plainRate(port: number, actors: readonly Actor[]): Promise<number> {
  for (const socket of await handshakes(port, actors.slice(0, AT_ONCE))) socket.destroy();
  const start = performance.now();
  const open = await handshakes(port, actors);
  const seconds = (performance.now() - start) / 1000;
  for (const socket of open) socket.destroy();
  return actors.length / seconds;
}

async function handshakes(port: number, actors: readonly Actor[]): Promise<readonly TLSSocket[]> {
  const open: TLSSocket[] = [];
  await forEach(actors, AT_ONCE, async (actor) => {
    open.push(await handshake(port, actor));
  });
  return open;
}

/** Done when the server has judged the client's certificate, and says so by its first byte. */
function handshake(port: number, { identity }: Actor): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: HOST, port, servername: '', secureContext: identity });
    socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy(new Error('no handshake')));
    socket.once('error', reject).once('data', () => resolve(socket));
  });
}
