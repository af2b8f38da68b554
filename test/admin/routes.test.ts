/** Goal: routes, commands and the OpenAPI document are of one piece: what one has, the others have. */
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminApiDocument } from '../../scripts/docs/admin-api.ts';
import { adminClient } from '../../src/admin/client.ts';
import type { RunningAdministration } from '../../src/admin/port.ts';
import { ROUTES } from '../../src/admin/routes/all.ts';
import { API_PREFIX, pathNames } from '../../src/admin/routes/route.ts';

const named = ROUTES.map((route) => [route.id, route] as const);

describe('a route', () => {
  test('has an id, and a place, of its own', () => {
    expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(ROUTES.length);
    const places = ROUTES.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(places).size).toBe(ROUTES.length);
  });

  test.each(named)('%s has a field for each name in its path', (_id, route) => {
    expect(Object.keys(route.input.shape)).toEqual(expect.arrayContaining([...pathNames(route)]));
  });

  test.each(named)('%s says what it changes, unless it is a question', (_id, route) => {
    expect(route.changes === undefined).toBe(route.method === 'GET');
  });

  test.each(named)('%s is for the machine alone when it names a file of it', (_id, route) => {
    expect(route.isLocal === true).toBe('file' in route.input.shape);
  });

  test.each(named)('%s is told of in a sentence', (_id, { about }) => {
    expect(about).toMatch(/^[A-Z].*\.$/);
  });
});

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, { readonly content: object }>>;
}

describe('the OpenAPI document', () => {
  let document: Document;
  beforeAll(async () => {
    // The form is what the next test judges.
    document = JSON.parse(await adminApiDocument()) as Document;
  });

  test('is valid', async () => {
    const validator = new Validator();
    // The validator fills in what it is given.
    const { valid, errors } = await validator.validate(structuredClone({ ...document }));
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, '3.1']);
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test('has every route with the form of its answer, and no other beside session and live', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, responses }]) => {
        expect(responses['200']?.content, operationId).toBeDefined();
        return `${method.toUpperCase()} ${path} ${operationId}`;
      }),
    );
    const routes = ROUTES.map(({ method, path, id }) => {
      return `${method} ${API_PREFIX}${path.replace(/:(\w+)/g, '{$1}')} ${id}`;
    });
    const own = ['POST', 'GET', 'DELETE'].map((method) => `${method} ${API_PREFIX}/session `);
    const rest = told.filter((each) => !routes.includes(each));
    expect(told).toEqual(expect.arrayContaining(routes));
    expect(rest.map((each) => each.replace(/\w+$/, '')).sort()).toEqual(
      [...own, `GET ${API_PREFIX}/live `].sort(),
    );
  });

  test('says of everything but the login that one has to be logged in', () => {
    const open = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).filter(({ security }) => security.length === 0),
    );
    expect(open.map(({ operationId }) => operationId)).toEqual(['logIn']);
  });
});

describe('the commands', () => {
  const asked = new Set<string>();
  const socket = join(mkdtempSync(join(tmpdir(), 'keelson-routes-')), 'admin.sock');
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const found = ROUTES.find(
      (route) =>
        route.method === request.method &&
        new RegExp(`^${API_PREFIX}${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
    );
    asked.add(found?.id ?? `${request.method} ${path}`);
    request.resume();
    response.end('{}');
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(socket, resolve)));
  afterAll(() => void server.close());

  /** Calls every verb, with arguments that stand for any. */
  async function callAll(verbs: object): Promise<void> {
    for (const verb of Object.values(verbs)) {
      if (typeof verb === 'function') await verb('x', 'y');
      else await callAll(verb);
    }
  }

  test('use every route, and none that is not there', async () => {
    const client: RunningAdministration = adminClient(socket);
    await callAll(client);
    expect([...asked].sort()).toEqual(ROUTES.map(({ id }) => id).sort());
  });
});
