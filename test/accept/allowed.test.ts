/** What a run is allowed: one version of the API, and the replacement of the provider's own certificate. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcceptOptions, accept } from '../../src/accept/accept.ts';
import { type ServerProcess, startServer, USER } from '../support/server-process.ts';

let server: ServerProcess;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-allowed-'));
  server = await startServer(folder);
}, 60_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const run = (more: Partial<AcceptOptions>) =>
  accept({
    url: server.ready.versionXml,
    trust: readFileSync(server.ready.certificateFile, 'utf8'),
    user: USER.name,
    password: USER.password,
    timeoutMs: 30_000,
    only: [],
    hosts: 1,
    soap: '1.1',
    now: () => Date.now(),
    signal: new AbortController().signal,
    onResult: () => undefined,
    ...more,
  });

const idsOf = (
  { results }: Awaited<ReturnType<typeof run>>,
  outcome: 'passed' | 'failed' | 'skipped',
) => results.filter((each) => each.outcome === outcome).map(({ scenario: { id } }) => id);

const OPENS = 'registration.run-opens';
const CLOSES = 'registration.run-closes';

describe('accept', () => {
  it('speaks VASA 1.0 alone where it is told so', { timeout: 120_000 }, async () => {
    const result = await run({ api: '1.0', only: ['discovery', 'volumes', 'legacy', 'hostile'] });
    expect(idsOf(result, 'failed')).toEqual([]);
    expect(result.left).toEqual([]);
    expect(idsOf(result, 'passed')).toContain('legacy.discovery');
    expect(idsOf(result, 'skipped')).toContain('volumes.made-and-found');
    const others = result.exchanges.filter(({ operation }) => operation.includes('VirtualVolume'));
    expect(others).toEqual([]);
  });

  it('skips VASA 1.0 where it is told to speak 2.0', { timeout: 60_000 }, async () => {
    const result = await run({ api: '2.0', only: ['legacy', 'volumes.made-and-found'] });
    expect(idsOf(result, 'passed')).toEqual([OPENS, 'volumes.made-and-found', CLOSES]);
    expect(result.exchanges.every((each) => each.api === '2.0')).toBe(true);
  });

  // The last one: the certificate that was accepted at first contact is not shown afterwards.
  it('replaces the provider’s certificate only where it may', { timeout: 60_000 }, async () => {
    const only = ['registration.certificate-is-installed'];
    expect(idsOf(await run({ only }), 'skipped')).toEqual(only);
    expect(idsOf(await run({ only, changeCertificate: true }), 'passed')).toEqual([
      OPENS,
      ...only,
      CLOSES,
    ]);
    await expect(run({ only })).rejects.toThrow(/certificate/);
  });
});
