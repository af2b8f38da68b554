/**
 * Goal: no secret reaches the log, on any way a secret comes in. A provider runs with verbose mode on for
 * everything; passwords right and wrong, session ids, cookies and private keys are planted in every place that
 * a client can put them, well-formed or not; then everything the provider wrote is searched.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { type KeptLog, keptLog } from '../log/records.ts';
import { credentialsMessage, register, type VCenter } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';

const CANARY = 'c4naryS3cret';
const KEY = `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`;

let folder: string;
let kept: KeptLog;
let provider: RunningProvider;
let vcenter: VCenter;
const secrets = new Set<string>([CANARY, USER.password]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-canary-'));
  kept = keptLog();
  const { config } = loadConfig({
    flags: {
      dataDir: join(folder, 'data'),
      port: '0',
      host: '127.0.0.1',
      publicNames: 'localhost',
    },
    environment: { KEELSON_ADMIN_USER: USER.name, KEELSON_ADMIN_PASSWORD: USER.password },
  });
  provider = await startProvider({ config, clock: systemClock, log: kept.log });
  kept.log.verbose.on({ kind: 'everything' }, 86_400);
  vcenter = await register(provider);
});

afterAll(async () => {
  await provider.close(1_000);
  rmSync(folder, { recursive: true, force: true });
});

/** Everything written so far, the audit trail too, must hold none of the secrets, in no common disguise. */
function expectClean(): void {
  const trail = readFileSync(join(folder, 'data/audit.jsonl'), 'utf8');
  const text = kept.text() + trail;
  for (const secret of secrets) {
    for (const form of [
      secret,
      Buffer.from(secret).toString('base64').replace(/=*$/, ''),
      encodeURIComponent(secret),
    ]) {
      expect(text.includes(form), `${form} in the log`).toBe(false);
    }
  }
}

function bodiesOf(operation: string): readonly string[] {
  return kept
    .lines()
    .filter((line) => line['event'] === 'bodies' && line['operation'] === operation)
    .map((line) => `${line['request_body']}${line['response_body']}`);
}

/** Any POST at all, to see what becomes of it. */
function post(
  body: string,
  headers: Record<string, string> = {},
  path = new URL(vcenter.url).pathname,
): Promise<number> {
  const { hostname, port } = new URL(vcenter.url);
  const ca = vcenter.authority.certificatePem;
  return new Promise((settle, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        ca,
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'text/xml', ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => settle(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const soap = (inner: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://com.vmware.vim.vasa/2.0/xsd"><s:Body>${inner}</s:Body></s:Envelope>`;

describe('in verbose mode', () => {
  it('a registration is logged, its password is not', async () => {
    const client = vcenter.client();
    const wrong = await client.call(
      'registerCACertificatesAndCRLs',
      credentialsMessage(USER.name, CANARY),
    );
    expect(wrong.status).toBe(500);
    client.close();
    const bodies = bodiesOf('registerCACertificatesAndCRLs');
    expect(bodies.length).toBeGreaterThanOrEqual(2);
    for (const body of bodies) expect(body).toContain(USER.name);
    expectClean();
  });

  it('a session is opened and used, its id is in no line', async () => {
    const host = await vcenter.host('host-of-canaries');
    expect(host.session).toMatch(/^[0-9a-f]{32}$/);
    secrets.add(host.session ?? '');
    await host.ask('queryArrays', '');
    host.session = `0${CANARY}`;
    expect((await host.call('queryArrays', '')).status).toBe(500);
    host.close();
    expect(bodiesOf('setContext').join('')).toContain('sessionId');
    expect(bodiesOf('queryArrays').length).toBeGreaterThanOrEqual(2);
    expectClean();
  });

  it.each([
    [
      'a private key where a certificate belongs',
      `<m:registerCASignedProviderCertificate><m:providerCert>${KEY}</m:providerCert></m:registerCASignedProviderCertificate>`,
    ],
    [
      'a password in an operation that has none',
      `<m:queryArrays><m:password>${CANARY}</m:password></m:queryArrays>`,
    ],
    ['a secret attribute', `<m:queryArrays password="${CANARY}" m:sessionId="${CANARY}"/>`],
    [
      'an operation that there is not',
      `<m:tellAll><m:providerPassword>${CANARY}</m:providerPassword></m:tellAll>`,
    ],
    [
      'a cookie in a text',
      `<m:queryArrays><m:arrayUniqueId>VASASESSIONID=${CANARY}</m:arrayUniqueId></m:queryArrays>`,
    ],
    [
      'an end tag that is wrong',
      `<m:queryArrays><m:password>${CANARY}</m:queryArrays></m:password>`,
    ],
    [
      'CDATA and references',
      `<m:queryArrays><m:password><![CDATA[${CANARY}]]>&#99;4naryS3cret</m:password></m:queryArrays>`,
    ],
  ])('%s is hidden', async (_case, inner) => {
    expect(await post(soap(inner), { soapaction: 'urn:queryArrays' })).toBeGreaterThanOrEqual(400);
    expectClean();
    expect(kept.text()).not.toContain('4naryS3cret');
  });

  it.each([
    ['no XML', `password=${CANARY}`],
    ['a cut envelope', soap(`<m:password>${CANARY}`).slice(0, -30)],
    [
      'a DTD',
      `<!DOCTYPE s [<!ENTITY e "${CANARY}">]>${soap('<m:queryArrays>&e;</m:queryArrays>')}`,
    ],
    [
      'a secret in the envelope’s header',
      soap('<m:queryArrays/>').replace(
        '<s:Body>',
        `<s:Header><w:Password xmlns:w="urn:w">${CANARY}</w:Password></s:Header><s:Body>`,
      ),
    ],
  ])('%s is hidden', async (_case, body) => {
    expect(await post(body, { soapaction: 'urn:queryArrays' })).toBeGreaterThanOrEqual(400);
    expectClean();
  });

  it('cookies, other headers, query and path are not logged', async () => {
    await post(soap('<m:queryArrays/>'), {
      soapaction: 'urn:queryArrays',
      cookie: `VASASESSIONID=${CANARY}; other=${CANARY}`,
      authorization: `Basic ${Buffer.from(`x:${CANARY}`).toString('base64')}`,
      'x-api-key': CANARY,
    });
    await post(soap('<m:queryArrays/>'), {}, `${new URL(vcenter.url).pathname}?password=${CANARY}`);
    await post('', {}, `/${CANARY}`);
    const hidden = kept.lines().filter((line) => JSON.stringify(line).includes(CANARY));
    expect(hidden).toEqual([]);
  });

  it('the operator’s password and the private keys are in no line', async () => {
    const password = 'operator-c4nary-password';
    secrets.add(password);
    await provider.administration.saveUser('second', password);
    await provider.administration.renewCertificate();
    const keys = join(provider.dataDirectory, 'keys');
    for (const name of readdirSync(keys)) {
      for (const line of readFileSync(join(keys, name), 'utf8').split('\n').slice(1, -2))
        secrets.add(line);
    }
    expect(secrets.size).toBeGreaterThan(10);
    expectClean();
  });
});
