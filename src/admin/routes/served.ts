/**
 * The routes on an HTTP server, the same for the admin socket and for the console's listener; who may use them is
 * theirs to say. Input is judged here by the route's own schema; the answer goes out as the verb gave it.
 */
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import type { LiveFeed } from '../live.ts';
import { AdminError, type RunningAdministration } from '../port.ts';
import { ROUTES } from './all.ts';
import type { Told } from './document.ts';
import { type AnyRoute, API_PREFIX, readInput } from './route.ts';

export interface ServedParts {
  /** The verbs in the name of whoever sent the request. */
  readonly administrationFor: (request: FastifyRequest) => RunningAdministration;
  /** Whether only the owner of the data folder is served. */
  readonly isLocal: boolean;
  /** Told of what a change has changed. */
  readonly live: Pick<LiveFeed, 'changed'>;
}

const LOCAL_ALONE =
  'this order names a file of the provider’s machine: give it there, by its command';

/** Adds every route of the API. */
export function addRoutes(
  app: FastifyInstance,
  { administrationFor, isLocal, live }: ServedParts,
): void {
  for (const route of ROUTES) {
    app.route({
      method: route.method,
      url: API_PREFIX + route.path,
      ...toldBy(app, route),
      handler: async (request) => {
        if (route.isLocal === true && !isLocal)
          throw new AdminError(LOCAL_ALONE, { kind: 'local' });
        const input = readInput(route.input, sentIn(route, request));
        const answer = await route.work(administrationFor(request), input);
        if (route.changes !== undefined) live.changed(...route.changes);
        return answer;
      },
    });
  }
}

/** The route's part of the document, where one is made. */
export function toldBy(
  { tellOf }: FastifyInstance,
  told: Told,
): { readonly schema?: FastifySchema } {
  return tellOf === undefined ? {} : { schema: tellOf(told) };
}

/** Everything the request says, in one record: what the path names stands before all else. */
function sentIn({ method }: AnyRoute, { body, params, query }: FastifyRequest): unknown {
  const rest = method === 'POST' || method === 'PUT' ? (body ?? {}) : query;
  if (typeof rest !== 'object' || Array.isArray(rest)) return rest;
  return { ...rest, ...(params as object) };
}

/** Refusals as JSON, `{ "error": text }`; `failed` is told of what is nobody's mistake but ours. */
export function answerErrors(app: FastifyInstance, failed: (error: unknown) => void): void {
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status >= 500) failed(error);
    const message = error instanceof Error ? error.message : 'failed';
    return reply.status(status).send({ error: message });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ error: 'there is nothing at this path' }),
  );
}

const STATUS_OF_REFUSAL: Readonly<Record<AdminError['kind'], number>> = {
  local: 403,
  notFound: 404,
  refused: 400,
};

/** Fastify's own refusals (broken JSON, too much of it) carry their status. */
function statusOf(error: unknown): number {
  if (error instanceof AdminError) return STATUS_OF_REFUSAL[error.kind];
  const carried = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof carried === 'number' ? carried : 500;
}
