/** The acceptance runner against this provider: everything must pass, and nothing may stay behind. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accept, chosenScenarios } from '../../src/accept/accept.ts';
import { writeReports } from '../../src/accept/report/folder.ts';
import { CHAPTERS } from '../../src/accept/scenario.ts';
import { type ServerProcess, startServer, USER } from '../support/server-process.ts';

let server: ServerProcess;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-accept-'));
  server = await startServer(folder);
}, 60_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const run = (soap: '1.1' | '1.2', only: readonly string[] = [], password: string = USER.password) =>
  accept({
    url: server.ready.versionXml,
    trust: readFileSync(server.ready.certificateFile, 'utf8'),
    user: USER.name,
    password,
    timeoutMs: 30_000,
    only,
    hosts: 2,
    soap,
    now: () => Date.now(),
    signal: new AbortController().signal,
    onResult: () => undefined,
  });

describe('scenarios', () => {
  it('have ids of their chapter, each its own', () => {
    const scenarios = chosenScenarios([]);
    const ids = scenarios.map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, chapter } of scenarios) {
      expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
      expect(id.split('.')[0]).toBe(chapter);
      expect(Object.keys(CHAPTERS)).toContain(chapter);
    }
  });

  it('are chosen by id or chapter, and a name of neither is refused', () => {
    expect(chosenScenarios(['volumes.made-and-found'])).toHaveLength(1);
    expect(chosenScenarios(['volumes']).every((each) => each.chapter === 'volumes')).toBe(true);
    expect(() => chosenScenarios(['volumes.nonsense'])).toThrow('volumes.nonsense');
  });
});

describe('accept', () => {
  it.each(['1.1', '1.2'] as const)(
    'finds nothing wrong with this provider in SOAP %s',
    { timeout: 300_000 },
    async (soap) => {
      const result = await run(soap);
      const failed = result.results.filter((each) => each.outcome === 'failed');
      expect(failed.map(({ scenario: { id }, reasons }) => ({ id, reasons }))).toEqual([]);
      expect(result.left).toEqual([]);
      const passed = result.results.filter((each) => each.outcome === 'passed');
      expect(passed.length).toBeGreaterThan(0);
      expect(result.exchanges.every((each) => each.soap === soap)).toBe(true);
    },
  );

  it('keeps no password and no session id in its reports', { timeout: 60_000 }, async () => {
    const result = await run('1.1', ['volumes.unknown-is-not-found']);
    for (const file of writeReports(join(folder, 'report'), result)) {
      const text = readFileSync(file, 'utf8');
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain(USER.password);
    }
    const answers = result.exchanges.map((each) => each.answer).join('');
    expect(answers).toMatch(/sessionId[^>]*>\*\*\*</);
  });

  it('says of a provider that lets nobody in that the run could not be opened, and reports it', {
    timeout: 60_000,
  }, async () => {
    const result = await run('1.1', [], 'not the password');
    expect(result.isOpen).toBe(false);
    expect(result.results.map(({ scenario: { id }, outcome }) => [id, outcome])).toEqual([
      ['registration.run-opens', 'failed'],
      ['registration.run-closes', 'passed'],
    ]);
    expect(result.results[0]?.reasons[0]).toContain('InvalidLogin');
    expect(result.left).toEqual([]);
    const files = writeReports(join(folder, 'closed'), result);
    const junit = files.find((each) => each.endsWith('junit.xml')) ?? '';
    expect(readFileSync(junit, 'utf8')).toMatch(/failures="1"/);
  });

  it('refuses a provider whose certificate is not the one that was accepted', {
    timeout: 60_000,
  }, async () => {
    const other = await import('../../certs/make.ts').then((make) => make.makeAuthority({}));
    const met = accept({
      url: server.ready.versionXml,
      trust: other.certificatePem,
      user: USER.name,
      password: USER.password,
      timeoutMs: 10_000,
      only: [],
      hosts: 1,
      soap: '1.1',
      now: () => Date.now(),
      signal: new AbortController().signal,
      onResult: () => undefined,
    });
    await expect(met).rejects.toThrow(/certificate/);
  });
});
