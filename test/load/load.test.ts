/**
 * Load in its short form: nothing fails against this provider and nothing stays behind; a provider with something
 * broken in it fails, and what is told says what.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { TargetError } from '../../src/accept/world/target.ts';
import { configSchema } from '../../src/config/schema.ts';
import { extentOf } from '../../src/load/extent.ts';
import { type LoadResult, PART_NAMES, type PartName, runLoad } from '../../src/load/load.ts';
import { openLog } from '../../src/log/log.ts';
import { systemClock } from '../../src/model/clock.ts';
import { VasaFault } from '../../src/model/faults.ts';
import { startProvider } from '../../src/run/provider.ts';
import { answerOf, type Breakage } from '../accept/mutants/mutant.ts';
import { brokenDispatcher, brokenTable } from '../accept/mutants/seams.ts';
import { USER } from '../support/server-process.ts';

const inForce: { breakage: Breakage } = vi.hoisted(() => ({ breakage: {} }));

vi.mock(import('../../src/trust/trust.ts'), async (original) => {
  const good = await original();
  const cheap = { keyKind: 'ecdsa', passwordCost: { ln: 4, r: 1, p: 1 } } as const;
  return { ...good, openTrust: (options) => good.openTrust({ ...options, ...cheap }) };
});

vi.mock(import('../../src/wire/dispatch.ts'), async (original) => {
  const good = await original();
  const createDispatcher = (options: Parameters<typeof good.createDispatcher>[0]) => {
    const operations = brokenTable(options.operations as never, inForce.breakage);
    const dispatcher = good.createDispatcher({ ...options, operations: operations as never });
    return brokenDispatcher(dispatcher, inForce.breakage);
  };
  // The provider makes dispatchers of one kind of context only.
  return { ...good, createDispatcher: createDispatcher as never };
});

/** Less than the short form, for what is broken shows at once. */
const FEW = {
  stormHosts: 8,
  machines: 2,
  pollingHosts: 3,
  pollSeconds: 0.2,
  inFlight: 4,
  seconds: 0.2,
};

/** Runs parts against a provider of their own, in this process. */
async function run(
  parts: readonly PartName[],
  breakage: Breakage = {},
  {
    signal,
    say = () => undefined,
    password = USER.password,
  }: { signal?: AbortSignal; say?: () => void; password?: string } = {},
): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-load-'));
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
  });
  const silent = { release: 'test', level: 'error', stream: undefined, files: undefined } as const;
  const log = openLog({ ...silent, clock: systemClock });
  inForce.breakage = breakage;
  const provider = await startProvider({ config, clock: systemClock, log });
  try {
    return await runLoad({
      url: provider.versionXml,
      trust: readFileSync(provider.certificateFile, 'utf8'),
      ...{ user: USER.name, password, timeoutMs: 20_000, parts },
      extent: { ...extentOf({ isShort: true }), ...FEW },
      events: [],
      signal: signal ?? new AbortController().signal,
      now: () => Date.now(),
      say,
    });
  } finally {
    await provider.close(0);
    rmSync(folder, { recursive: true, force: true });
  }
}

const failuresOf = ({ results }: LoadResult) =>
  results.flatMap(({ part, failures }) => failures.map((each) => ({ part, ...each })));

describe('load', () => {
  it('finds nothing wrong with this provider', { timeout: 120_000 }, async () => {
    const result = await run(PART_NAMES);
    expect(failuresOf(result)).toEqual([]);
    expect(result.left).toEqual([]);
    expect(result.results.map(({ part }) => part)).toEqual(PART_NAMES);
    for (const { timings } of result.results) expect(timings.length).toBeGreaterThan(0);
    const [storm] = result.results;
    expect(storm?.facts).toContainEqual({ name: 'hosts healthy', value: '8 of 8', unit: '' });
    const handshakes = storm?.timings.find(({ operation }) => operation === 'handshake');
    expect(handshakes?.calls).toBe(8);
  });

  it('says so where it may not register', { timeout: 60_000 }, async () => {
    const refused = run(['mix'], {}, { password: 'another' });
    await expect(refused).rejects.toThrow(TargetError);
    await expect(refused).rejects.toThrow(/cannot be registered with: .*InvalidLogin/);
  });

  it('counts a provider that is busy as one that fails', { timeout: 60_000 }, async () => {
    let binds = 0;
    const bindVirtualVolume: NonNullable<Breakage['handlers']>['bindVirtualVolume'] =
      (good) => (context, request) => {
        binds += 1;
        if (binds % 3 === 0) throw new VasaFault('VasaProviderBusy', 'come again');
        return good(context, request);
      };
    const result = await run(['mix'], { handlers: { bindVirtualVolume } });
    expect(failuresOf(result)).toEqual([
      expect.objectContaining({
        ...{ part: 'mix', operation: 'bindVirtualVolume', what: 'fault VasaProviderBusy' },
        example: expect.stringContaining('come again'),
      }),
    ]);
    expect(result.left).toEqual([]);
  });

  it('sees a fault in a row of an answer that is none', { timeout: 60_000 }, async () => {
    const row = '<x:errorResult xmlns:x="x"><x:error type="ResourceInUse"/></x:errorResult></';
    const answer = answerOf('unbindVirtualVolume', (body) =>
      body.replace(/<\/(?=[^>]*return>)/, row),
    );
    const result = await run(['vmotion'], { answer });
    expect(failuresOf(result)).toContainEqual(
      expect.objectContaining({ operation: 'unbindVirtualVolume', what: 'ResourceInUse in a row' }),
    );
  });

  it('sees a session that two hosts are given', { timeout: 60_000 }, async () => {
    let first: string | undefined;
    const answer: Breakage['answer'] = (good) => {
      if (good.facts.operation !== 'setContext' || good.session === undefined) return good;
      first ??= good.session;
      return { ...good, session: first };
    };
    const result = await run(['storm'], { answer });
    expect(failuresOf(result).length).toBeGreaterThan(0);
  });

  it('takes back what it made when it is told to stop', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const existing = new Set<string>();
    const handlers: Breakage['handlers'] = {
      createVirtualVolume: (good) => async (context, request) => {
        const answer = await good(context, request);
        existing.add(String(answer.return.result?.value));
        return answer;
      },
      deleteVirtualVolume: (good) => async (context, request) => {
        existing.delete(request.vvolId);
        return good(context, request);
      },
    };
    const say = () => setTimeout(() => stop.abort(), 50);
    const result = await run(['vmotion', 'mix'], { handlers }, { signal: stop.signal, say });
    expect(result.left).toEqual([]);
    expect(failuresOf(result)).toEqual([]);
    expect(result.results.map(({ part }) => part)).toEqual(['vmotion']);
    expect([...existing]).toEqual([]);
  });
});
