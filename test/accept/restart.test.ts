/** A restart in the middle of a run: our provider forgets nothing, and one that does is found out. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept } from '../../src/accept/accept.ts';
import { restartBy } from '../../src/cli/restart-command.ts';
import { type ServerProcess, startServer, USER } from '../support/server-process.ts';

const PACING = { cloneVolume: { milliseconds: 300 } };
const ID = 'restart.nothing-is-forgotten';

let server: ServerProcess;
let folder: string;

const start = async (port = 0) => {
  server = await startServer(folder, {
    environment: {
      KEELSON_PORT: `${port}`,
      KEELSON_ARRAY_OPTIONS: JSON.stringify({ pacing: PACING }),
    },
  });
};
async function outcomeOf(restart?: () => Promise<void>) {
  const { results, left } = await accept({
    url: server.ready.versionXml,
    trust: readFileSync(server.ready.certificateFile, 'utf8'),
    user: USER.name,
    password: USER.password,
    timeoutMs: 10_000,
    only: [ID],
    hosts: 1,
    soap: '1.1',
    restart,
    now: () => Date.now(),
    signal: new AbortController().signal,
    onResult: () => undefined,
  });
  const found = results.find(({ scenario: { id } }) => id === ID);
  return { outcome: found?.outcome, reasons: found?.reasons, left };
}

describe('the scenario of a restart', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keelson-restart-'));
    await start();
  }, 60_000);
  afterEach(async () => {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('passes when our provider is stopped and started, and what was made goes', async () => {
    const restart = async () => {
      const { port } = server.ready;
      await server.end('SIGTERM');
      await start(port);
    };
    expect(await outcomeOf(restart)).toEqual({ outcome: 'passed', reasons: [], left: [] });
  });

  it('fails when the provider comes back with its state of before the run', async () => {
    const { port } = server.ready;
    await server.end('SIGTERM');
    cpSync(join(folder, 'data'), join(folder, 'old'), { recursive: true });
    await start(port);
    const restart = async () => {
      await server.end('SIGTERM');
      rmSync(join(folder, 'data'), { recursive: true });
      cpSync(join(folder, 'old'), join(folder, 'data'), { recursive: true });
      await start(port);
    };
    const { outcome, reasons } = await outcomeOf(restart);
    expect(outcome).toBe('failed');
    expect(reasons?.[0]).toMatch(/setContext/);
  });

  it('fails in the words of the restart when that fails, and is skipped without one', async () => {
    const { outcome, reasons } = await outcomeOf(restartBy('exit 3'));
    expect(outcome).toBe('failed');
    expect(reasons?.[0]).toBe('the restart command ended with 3');
    const skipped = await outcomeOf();
    expect(skipped.outcome).toBe('skipped');
    expect(skipped.reasons?.[0]).toMatch(/restart/);
  });
});

describe('restartBy', () => {
  it('ends with the command, and does not wait for it for ever', async () => {
    await expect(restartBy('true')()).resolves.toBeUndefined();
    await expect(restartBy('exec sleep 20', 100)()).rejects.toThrow(/has not ended in 100 ms/);
  });
});
