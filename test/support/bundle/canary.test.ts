/**
 * Goal: no secret leaves the machine in a support bundle. Secrets are planted wherever one can come from: environment,
 * configuration, log lines of every kind, SOAP bodies, the database, the keys; plainly, as base64, hex, and as URLs
 * and XML write them. A bundle is made of the running provider; every byte in it is searched, and what was hidden must
 * have been counted.
 */
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keelson } from '../../cli/support.ts';
import { startInstallation, type TestInstallation } from '../installation.ts';
import { credentialsMessage, register } from '../registered.ts';
import { USER } from '../server-process.ts';
import { contents } from './contents.ts';

const OF_ENVIRONMENT = 'c4nary of the environment & <more>"';
const OF_CONFIG = 'c4nary/of+the-config';
const OF_LOG = 'c4naryOfTheLog';
const OF_BODY = 'c4naryOfABody';
const FOREIGN_KEY = `-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIc4naryOfTheKeyc4naryOfTheKey\n-----END PRIVATE KEY-----`;

let here: TestInstallation;
let files: ReadonlyMap<string, string>;
let archive: string;
let said: Awaited<ReturnType<typeof keelson>>;
const secrets: string[] = [
  OF_ENVIRONMENT,
  OF_CONFIG,
  OF_LOG,
  OF_BODY,
  'c4naryOfTheKey',
  USER.password,
];

const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');

/** What a careless program may have put into the log folder. */
function plant(sessionId: string, passwordHash: string, ownKey: string): void {
  const line = (fields: Readonly<Record<string, unknown>>) =>
    JSON.stringify({ level: 'info', time: new Date().toISOString(), event: 'notice', ...fields });
  const body = `<s:Envelope xmlns:s="urn:s"><s:Body><m:registerVASACertificate xmlns:m="urn:m"><m:userName>who</m:userName><m:password>${OF_BODY}</m:password></m:registerVASACertificate></s:Body></s:Envelope>`;
  const lines = [
    line({ msg: 'plain', facts: { password: OF_LOG, nested: [{ apiKey: OF_LOG }] } }),
    line({ msg: `login with password=${OF_LOG} for who` }),
    line({ msg: `Authorization: Bearer ${OF_LOG}` }),
    line({ msg: `cookie VASASESSIONID=${sessionId}; path=/` }),
    line({ msg: `a key: ${FOREIGN_KEY}` }),
    line({ msg: `an encoded key: ${base64(FOREIGN_KEY)}` }),
    line({ msg: 'forms of one secret', forms: formsOf(OF_ENVIRONMENT) }),
    line({ msg: 'forms of one secret', forms: formsOf(OF_CONFIG) }),
    line({ msg: `see https://who:${OF_LOG}@vp.example.com/path` }),
    line({ msg: 'a hash', facts: { text: passwordHash } }),
    line({ msg: 'our own key', facts: { text: ownKey } }),
    line({ event: 'bodies', request_body: body, response_body: body }),
    'Error: no JSON at all',
    `  at login (password: "${OF_LOG}")`,
    ...FOREIGN_KEY.split('\n'),
    ...ownKey.split('\n'),
    `token=${OF_LOG}`,
  ];
  writeFileSync(join(here.logDir, 'keelson-20260101T000000000Z-000.log'), `${lines.join('\n')}\n`);
  appendFileSync(join(here.logDir, 'keelson.log'), `${line({ msg: `secret=${OF_LOG}` })}\n`);
}

function formsOf(secret: string): readonly string[] {
  return [
    secret,
    base64(secret),
    base64(`x${secret}`),
    base64(`xy${secret}`),
    Buffer.from(secret).toString('base64url'),
    hex(secret),
    hex(secret).toUpperCase(),
    encodeURIComponent(secret),
    JSON.stringify(secret),
    secret
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;'),
  ];
}

beforeAll(async () => {
  here = await startInstallation();
  here.log.verbose.on({ kind: 'everything' }, 86_400);
  const vcenter = await register(here.provider);
  const host = await vcenter.host('host-of-canaries');
  await host.ask('queryArrays', '');
  const sessionId = host.session ?? '';
  const stranger = vcenter.client();
  await stranger.call('registerCACertificatesAndCRLs', credentialsMessage(USER.name, OF_LOG));
  stranger.close();
  host.close();
  const [user] = await here.provider.parts.store.users();
  const keys = join(here.dataDir, 'keys');
  const ownKeys = readdirSync(keys).map((name) => readFileSync(join(keys, name), 'utf8'));
  const passwordHash = user?.passwordHash ?? '';
  secrets.push(sessionId, passwordHash);
  secrets.push(...ownKeys.flatMap((pem) => pem.split('\n').slice(1, -2)));
  plant(sessionId, passwordHash, ownKeys[0] ?? '');
  const config = join(here.folder, 'with-secrets.yaml');
  const given: unknown = JSON.parse(readFileSync(here.configFile, 'utf8'));
  const options = { arrayPassword: OF_CONFIG, deep: [{ token: OF_CONFIG }] };
  const url = { upstream: `https://who:${OF_CONFIG}@array.example.com/` };
  const array = { options: { ...options, ...url } };
  writeFileSync(config, JSON.stringify({ ...(given as object), array }));
  archive = join(here.folder, 'bundle.tar.gz');
  said = await keelson(['support-bundle', '--config', config, '--out', archive], {
    environment: { KEELSON_ADMIN_PASSWORD: OF_ENVIRONMENT, OTHER_API_TOKEN: OF_CONFIG },
  });
  files = await contents(archive);
});
afterAll(() => here.remove());

describe('a bundle of a running provider', () => {
  it('is made, for its owner alone', () => {
    expect(said.stderr).toBe('');
    expect(said.code).toBe(0);
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(files.size).toBeGreaterThan(20);
    expect(readdirSync(here.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('was given canaries to hide', () => {
    expect(secrets.filter((each) => each.length < 6)).toEqual([]);
    expect(secrets.length).toBeGreaterThan(8);
    const planted = readFileSync(join(here.logDir, 'keelson-20260101T000000000Z-000.log'), 'utf8');
    for (const secret of [OF_LOG, OF_BODY, OF_CONFIG]) expect(planted).toContain(secret);
  });

  it('holds none of them, in no form', () => {
    expect(said.stdout).not.toContain('c4nary');
    for (const [name, text] of files)
      for (const secret of secrets)
        for (const form of formsOf(secret))
          expect(text.includes(form.replace(/=+$/, '')), `${form} in ${name}`).toBe(false);
  });

  it('has no private key, and no file of keys', () => {
    for (const [name, text] of files) {
      expect(text, name).not.toContain('PRIVATE KEY-----\n');
      expect(name).not.toMatch(/^keys|\.db$/);
    }
  });

  it('says what was hidden where, by every rule, and not what it was', () => {
    const { hidden }: { hidden: { file: string; rule: string; count: number }[] } = JSON.parse(
      files.get('redaction.json') ?? '{}',
    );
    const sumOf = (rule: string) =>
      hidden.filter((each) => each.rule === rule).reduce((sum, { count }) => sum + count, 0);
    for (const rule of ['name', 'shape', 'text', 'url', 'known', 'body'])
      expect(sumOf(rule), rule).toBeGreaterThan(0);
    const rotated = hidden.filter((each) => each.file.endsWith('Z-000.log'));
    expect(rotated.find((each) => each.rule === 'name')?.count).toBe(2);
    expect(rotated.find((each) => each.rule === 'body')?.count).toBe(2);
    expect(hidden.some((each) => each.file === 'config.json')).toBe(true);
  });

  it('still tells what support needs', () => {
    const log = files.get('logs/keelson.log') ?? '';
    expect(log).toContain('"operation":"queryArrays"');
    expect(log).toContain('host-of-canaries');
    expect(files.get('logs/keelson-20260101T000000000Z-000.log')).toContain('<m:userName>who<');
    expect(files.get('config.json')).toContain('"publicNames"');
  });
});
