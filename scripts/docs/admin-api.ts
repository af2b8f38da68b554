/** docs/admin-api.json, the OpenAPI document of the admin API, and the tables of docs/admin-api.md, from the routes. */
import Fastify from 'fastify';
import { LiveFeed } from '../../src/admin/live.ts';
import { ROUTES } from '../../src/admin/routes/all.ts';
import { addDocument } from '../../src/admin/routes/document.ts';
import { type AnyRoute, API_PREFIX } from '../../src/admin/routes/route.ts';
import { addRoutes } from '../../src/admin/routes/served.ts';
import { addLogin } from '../../src/admin/web/login.ts';
import { ConsoleSessions } from '../../src/admin/web/sessions.ts';
import { addStream } from '../../src/admin/web/stream.ts';
import { systemClock } from '../../src/model/clock.ts';
import { filled } from './filled.ts';

const nobody = () => {
  throw new Error('the document is made without a provider');
};

/** The document, as a listener would serve it. */
export async function adminApiDocument(): Promise<string> {
  const app = Fastify();
  const document = await addDocument(app);
  const live = new LiveFeed();
  const sessions = new ConsoleSessions(systemClock);
  app.decorateRequest('consoleSession', undefined);
  addLogin(app, { sessions, isSecure: true, login: nobody, changedAt: nobody, told: nobody });
  addRoutes(app, { administrationFor: nobody, isLocal: true, live });
  addStream(app, { live, headers: {}, isAlive: nobody });
  await app.ready();
  return `${JSON.stringify(document(), null, 2)}\n`;
}

function row({ id, method, path, about, input, isLocal }: AnyRoute): string {
  const names = Object.keys(input.shape).map((name) => `\`${name}\``);
  const where = isLocal === true ? ' On the admin socket alone.' : '';
  return `| \`${method} ${API_PREFIX}${path}\` | ${about}${where} | ${names.join(', ')} | \`${id}\` |`;
}

/** The page. */
export function adminApiPage(): string {
  const tags = [...new Set(ROUTES.map(({ tag }) => tag))];
  const tables = tags.flatMap((tag) => [
    `### ${tag}\n`,
    '| route | what it does | takes | name |',
    '|---|---|---|---|',
    ...ROUTES.filter((route) => route.tag === tag).map(row),
    '',
  ]);
  return filled('admin-api.md', { routes: tables.join('\n').trimEnd() });
}
