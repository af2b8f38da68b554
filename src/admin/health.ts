/**
 * `/healthz` and `/metrics` on a listener of their own, plain HTTP on the local machine, for monitors. The first
 * is 200 while the provider listens and its array answers, else 503, and says nothing else; the second is
 * Prometheus' text form of what is measured, which names no volume, host or user. Neither changes anything.
 */
import Fastify from 'fastify';

/** The media type of Prometheus' text form. */
const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

export interface Health {
  readonly healthy: boolean;
  /** One word each, for the monitor's page. */
  readonly array: 'answers' | 'silent';
}

/**
 * Listens at host and port (0 picks one). Without `metrics` there is no such path; where it gives undefined there
 * are none yet. Rejects with the listener's error.
 */
export async function openHealthServer(
  address: { readonly host: string; readonly port: number },
  check: () => Promise<Health>,
  metrics?: () => Promise<string> | undefined,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = Fastify({ bodyLimit: 1_024, forceCloseConnections: true });
  app.get('/healthz', async (_request, reply) => {
    const health = await check();
    return reply.status(health.healthy ? 200 : 503).send(health);
  });
  if (metrics !== undefined) {
    app.get('/metrics', async (_request, reply) => {
      const text = await metrics();
      if (text === undefined) return reply.status(503).send('not listening yet\n');
      return reply.type(PROMETHEUS_TEXT).send(text);
    });
  }
  const base = await app.listen({ host: address.host, port: address.port });
  return { url: `${base}/healthz`, close: () => app.close() };
}
