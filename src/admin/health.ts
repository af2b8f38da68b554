/**
 * `/healthz` on a listener of its own, plain HTTP on the local machine: 200 while the provider listens and
 * its array answers, else 503. Says nothing else, so it may be opened to a monitor.
 */
import Fastify from 'fastify';

export interface Health {
  readonly healthy: boolean;
  /** One word each, for the monitor's page. */
  readonly array: 'answers' | 'silent';
}

/** Listens at host and port (0 picks one). Rejects with the listener's error. */
export async function openHealthServer(
  address: { readonly host: string; readonly port: number },
  check: () => Promise<Health>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = Fastify({ bodyLimit: 1_024, forceCloseConnections: true });
  app.get('/healthz', async (_request, reply) => {
    const health = await check();
    return reply.status(health.healthy ? 200 : 503).send(health);
  });
  const base = await app.listen({ host: address.host, port: address.port });
  return { url: `${base}/healthz`, close: () => app.close() };
}
