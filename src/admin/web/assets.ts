/**
 * The console's files: a fixed map made at the start, so that no path of a request ever reaches the file system. The
 * page and its modules lie in `src/console/`, the libraries they use come from their packages.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

export interface Asset {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
}

/** The console's files, read at once. */
export interface Assets {
  /** By path of the request. */
  readonly files: ReadonlyMap<string, Asset>;
  /** What the page's import map hashes to, as a Content-Security-Policy names it; empty without one. */
  readonly inlineHashes: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** Path to file of a package. */
const VENDOR: Readonly<Record<string, string>> = {
  '/vendor/htm.js': 'htm/dist/htm.module.js',
  '/vendor/preact-hooks.js': 'preact/hooks/dist/hooks.module.js',
  '/vendor/preact.js': 'preact/dist/preact.module.js',
};

/** Reads all of them. Throws when a package's file is missing. */
export function readAssets(): Assets {
  const folder = join(import.meta.dirname, '../../console');
  const files = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const contentType = TYPES[extname(entry)];
    if (contentType === undefined) continue;
    files.set(`/${entry.split('\\').join('/')}`, assetOf(join(folder, entry), contentType));
  }
  const require = createRequire(import.meta.url);
  for (const [path, file] of Object.entries(VENDOR)) {
    const [name = '', ...rest] = file.split('/');
    // By the package's own folder: its list of exports need not name the file.
    const found = require.resolve.paths(name)?.map((paths) => join(paths, name, ...rest)) ?? [];
    files.set(path, firstAsset(found, TYPES['.js'] ?? ''));
  }
  const page = files.get('/index.html');
  if (page === undefined) throw new Error(`${folder} has no index.html`);
  files.set('/', page);
  return { files, inlineHashes: importMapHashes(page.body.toString()) };
}

function firstAsset(places: readonly string[], contentType: string): Asset {
  for (const place of places) {
    try {
      return assetOf(place, contentType);
    } catch {
      // The next place may have it, as for any import.
    }
  }
  throw new Error(`none of ${places.join(', ')} is there`);
}

function assetOf(file: string, contentType: string): Asset {
  const body = readFileSync(file);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, contentType, etag };
}

/** Import maps cannot come from a file; a browser takes one that the policy allows by its hash. */
function importMapHashes(page: string): readonly string[] {
  const maps = page.matchAll(/<script type="importmap">([\s\S]*?)<\/script>/g);
  return [...maps].map(
    ([, map = '']) => `'sha256-${createHash('sha256').update(map).digest('base64')}'`,
  );
}

/** Adds a route for each file. A browser that has the present form of it is told so. */
export function addAssets(app: FastifyInstance, { files }: Assets): void {
  for (const [path, { body, contentType, etag }] of files) {
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      reply.headers({ etag, 'cache-control': 'no-cache' });
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.header('content-type', contentType).send(body);
    });
  }
}
