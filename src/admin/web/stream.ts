/**
 * Live updates as server-sent events: `changed` with the subjects that look otherwise, `request` with each request
 * that was answered, and a comment now and then. A page that does not take them is let go; it comes again and asks
 * for everything anew.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { LIMITS } from '../../model/limits.ts';
import { LIVE_SUBJECTS, type LiveFeed, type LiveNews } from '../live.ts';
import { API_PREFIX } from '../routes/route.ts';
import { Refusal, sessionIdOf } from './guard.ts';

/** Where they are. */
const LIVE_PATH = `${API_PREFIX}/live`;

export interface StreamParts {
  readonly live: LiveFeed;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the session that opened the stream is still there; asking does not keep it alive. */
  readonly isAlive: (sessionId: string) => boolean;
}

const TOLD: FastifySchema = {
  operationId: 'live',
  summary: 'Live updates as server-sent events.',
  description: `\`changed\`: \`{ "subjects": [...] }\`, of ${LIVE_SUBJECTS.join(', ')}. \`request\`: a RequestRow.`,
  tags: ['activity'],
  security: [{ session: [] }],
  response: {
    200: {
      description: 'A stream that goes on until it is closed.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
  },
};

/** Adds the route. Gives what ends all streams, before the server is closed. */
export function addStream(
  app: FastifyInstance,
  { live, headers, isAlive }: StreamParts,
): () => void {
  const pages = new Set<ServerResponse>();
  app.get(LIVE_PATH, { schema: TOLD }, (request, reply) => {
    if (pages.size >= LIMITS.consoleLivePages) {
      throw new Refusal(503, 'too many pages have live updates at once');
    }
    reply.hijack();
    const page = reply.raw;
    const own = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
    page.writeHead(200, { ...headers, ...own });
    page.write(': live updates\n\n');
    pages.add(page);
    const say = (text: string): void => {
      page.write(text);
      if (page.writableLength > LIMITS.consoleLiveBytes) page.destroy();
    };
    const id = sessionIdOf(request) ?? '';
    const stop = live.listen((news) => say(textOf(news)));
    const heartbeat = setInterval(() => {
      if (isAlive(id)) say(': still here\n\n');
      else page.end();
    }, LIMITS.consoleHeartbeatMs);
    heartbeat.unref();
    page.once('close', () => {
      clearInterval(heartbeat);
      stop();
      pages.delete(page);
    });
  });
  return () => {
    for (const page of pages) page.end();
  };
}

function textOf({ subjects, requests }: LiveNews): string {
  const told = requests.map((each) => `event: request\ndata: ${JSON.stringify(each)}\n\n`);
  return `${told.join('')}event: changed\ndata: ${JSON.stringify({ subjects })}\n\n`;
}
