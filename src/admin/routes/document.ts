/**
 * The OpenAPI document of the admin API, made by fastify's own plugin from the routes as they stand on the server.
 * Served at `/api/openapi.json`; docs/admin-api.json is the same. It tells; judging stays with the shapes themselves.
 */
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { z } from 'zod';
import { type AnyRoute, API_PREFIX, pathNames } from './route.ts';

/** Where the document is. */
const DOCUMENT_PATH = `${API_PREFIX}/openapi.json`;

/** Of the API: rises when a caller has to change. */
const API_VERSION = '1';

type JsonSchema = Readonly<Record<string, unknown>>;

/** What the document says of a route. */
export interface Told
  extends Pick<AnyRoute, 'id' | 'tag' | 'about' | 'input' | 'answer' | 'method' | 'path'> {
  readonly isLocal?: true;
  /** For who is not logged in. */
  readonly isOpen?: true;
}

/** Shapes with a name stand once, under it. */
const SHAPES = '#/components/schemas/';

const refusal = z
  .strictObject({ error: z.string().describe('in words for the operator') })
  .meta({ id: 'Refusal' });

/** Has the server tell of its routes; to be called before any is added. Gives the document once all are there. */
export async function addDocument(app: FastifyInstance): Promise<() => unknown> {
  const shapes: Record<string, JsonSchema> = {};
  // What comes in is judged, and what goes out is made, by the routes' own shapes.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Keelson admin API',
        version: API_VERSION,
        description:
          'What the commands and the console ask of a running provider: docs/admin-api.md.',
      },
      components: {
        schemas: shapes,
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'keelson-console-PORT' },
          token: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
        },
      },
    },
  });
  app.decorate('tellOf', (told: Told) => schemaOfRoute(told, shapes));
  app.get(DOCUMENT_PATH, { schema: { hide: true } }, () => app.swagger());
  return () => app.swagger();
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What the document says of a route, as fastify wants it; undefined where no document is made. */
    tellOf?: (told: Told) => FastifySchema;
  }
}

function schemaOfRoute(told: Told, shapes: Record<string, JsonSchema>): FastifySchema {
  const { id, tag, about, input, answer, method } = told;
  const inPath = pathNames(told);
  const hasBody = method === 'POST' || method === 'PUT';
  const names = Object.keys(input.shape);
  const own = names.filter((name) => inPath.includes(name));
  const rest = names.filter((name) => !inPath.includes(name));
  const take = (some: readonly string[]) =>
    schemaOf(input.pick(Object.fromEntries(some.map((name) => [name, true]))), 'input', shapes);
  const answers = (description: string, shape: z.ZodType) => ({
    description,
    content: { 'application/json': { schema: schemaOf(shape, 'output', shapes) } },
  });
  return {
    operationId: id,
    summary: about,
    ...(told.isLocal === true ? { description: 'On the admin socket alone.' } : {}),
    tags: [tag],
    security: securityOf(told),
    ...(own.length === 0 ? {} : { params: take(own) }),
    ...(rest.length === 0 ? {} : { [hasBody ? 'body' : 'querystring']: take(rest) }),
    response: { 200: answers('Done.', answer), default: answers('Refused, or failed.', refusal) },
  };
}

function securityOf({ isOpen, method }: Told): readonly Record<string, []>[] {
  if (isOpen === true) return [];
  return method === 'GET' ? [{ session: [] }] : [{ session: [], token: [] }];
}

/** As JSON Schema; a shape with a name is put among `shapes`, and only referred to. */
function schemaOf(
  shape: z.ZodType,
  io: 'input' | 'output',
  shapes: Record<string, JsonSchema>,
): JsonSchema {
  const made = z.toJSONSchema(shape, { io, override: tidy });
  const { $schema: _, $defs = {}, ...schema } = referring(made);
  // Defined by JSON Schema as a record of schemas.
  Object.assign(shapes, $defs as Record<string, JsonSchema>);
  return schema;
}

/** What only the program means is left out: that records are frozen, and how far its integers go. */
function tidy({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.readOnly;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** References to where the document has the named shapes. */
function referring(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${SHAPES}`)) as JsonSchema;
}
