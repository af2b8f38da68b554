/**
 * Goal: a recording of our provider, replayed against a fresh one, shows no difference; against one that is broken it
 * shows the difference; and neither leaves anything behind, nor a secret in the file.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { differencesOf as documentOf } from '../../../src/accept/recording/document.ts';
import { writeReplayReports } from '../../../src/accept/recording/folder.ts';
import type { Recording } from '../../../src/accept/recording/format.ts';
import { differencesText } from '../../../src/accept/recording/words.ts';
import { USER } from '../../support/server-process.ts';
import { MUTANTS } from '../mutants/all.ts';
import type { Breakage } from '../mutants/mutant.ts';
import {
  brokenArray,
  brokenDispatcher,
  brokenSessions,
  brokenTable,
  brokenTrust,
} from '../mutants/seams.ts';
import { differencesOf, recorded, replayed, withProvider } from './support.ts';

/** Recorded and replayed: every kind of id, certificate and task; every scenario there is: `KEELSON_RECORDED=all`. */
const CHOSEN = [
  ...['registration.wrong-password', 'registration.revocation-counts-at-once'],
  ...['registration.certificate-is-installed', 'sessions.cookie-as-clients-write-it'],
  ...['volumes', 'binding', 'metadata', 'snapshots.two-steps', 'events', 'tasks'],
];
const ONLY = process.env['KEELSON_RECORDED'] === 'all' ? [] : CHOSEN;

const LONG_MS = 600_000;

const inForce: { breakage: Breakage } = vi.hoisted(() => ({ breakage: {} }));

vi.mock(import('../../../src/run/load-array.ts'), async (original) => {
  const good = await original();
  const loadArray: typeof good.loadArray = async (...args) =>
    brokenArray(await good.loadArray(...args), inForce.breakage);
  return { ...good, loadArray };
});

vi.mock(import('../../../src/trust/sessions.ts'), async (original) => {
  const good = await original();
  return {
    ...good,
    createSessions: (...args) => brokenSessions(good.createSessions(...args), inForce.breakage),
  };
});

vi.mock(import('../../../src/trust/trust.ts'), async (original) => {
  const good = await original();
  const cheap = { keyKind: 'ecdsa', passwordCost: { ln: 4, r: 1, p: 1 } } as const;
  const openTrust: typeof good.openTrust = async (options) =>
    brokenTrust(await good.openTrust({ ...options, ...cheap }), inForce.breakage);
  return { ...good, openTrust };
});

vi.mock(import('../../../src/wire/dispatch.ts'), async (original) => {
  const good = await original();
  const createDispatcher = (options: Parameters<typeof good.createDispatcher>[0]) => {
    const operations = brokenTable(options.operations as never, inForce.breakage);
    return brokenDispatcher(
      good.createDispatcher({ ...options, operations: operations as never }),
      inForce.breakage,
    );
  };
  // The provider makes dispatchers of one kind of context only.
  return { ...good, createDispatcher: createDispatcher as never };
});

let folder: string;
let file: string;
let recording: Recording;
const sessions = new Set<string>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-recording-'));
  file = join(folder, 'recording.jsonl.gz');
  ({ recording } = await withProvider((target) =>
    recorded(target, ONLY, file, (session) => sessions.add(session)),
  ));
}, LONG_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  inForce.breakage = {};
});

describe('a recording', () => {
  it('has no password, session id or private key in it', () => {
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(text).toContain('{{password}}');
    expect(text).not.toContain(USER.password);
    const ids = [...sessions].filter((each) => each !== '0');
    expect(ids.length).toBeGreaterThan(3);
    for (const each of ids) expect(text).not.toContain(each);
    expect(text).not.toMatch(/PRIVATE KEY|CERTIFICATE REQUEST/);
  });
});

describe('a replay against a fresh provider', () => {
  it('finds no difference, sends every call, and leaves nothing', {
    timeout: LONG_MS,
  }, async () => {
    const result = await withProvider((target) => replayed(target, recording));
    expect(differencesOf(result)).toEqual([]);
    expect(result.left).toEqual([]);
    const { counts } = documentOf(result);
    expect(counts).toMatchObject({
      calls: recording.calls.length,
      different: 0,
      notSent: 0,
      notReached: 0,
    });
    expect(counts.same).toBe(recording.calls.length);
    for (const written of writeReplayReports(join(folder, 'report'), result))
      expect(readFileSync(written, 'utf8')).not.toContain(USER.password);
  });

  it('takes back what it made when it is stopped halfway', { timeout: LONG_MS }, async () => {
    const stop = new AbortController();
    let asked = 0;
    await withProvider(async (target) => {
      const result = await replayed(target, recording, {
        ...{ signal: stop.signal, only: ['binding'] },
        // The clock is asked for each call: volumes are made and bound by now.
        now: () => {
          asked += 1;
          if (asked === 60) stop.abort();
          return Date.now();
        },
      });
      expect(result.isWhole).toBe(false);
      expect(result.left).toEqual([]);
      expect(documentOf(result).counts.notReached).toBeGreaterThan(0);
      const again = await replayed(target, recording, {
        only: ['metadata.found-by-key-and-value'],
      });
      expect(differencesOf(again)).toEqual([]);
    });
  });

  it('tells what could not be sent, and goes on', { timeout: LONG_MS }, async () => {
    // Without the answer that told the id of the volume, there is nothing to ask for it by.
    const only = 'volumes.deleted-is-gone';
    const calls = recording.calls.map((call) =>
      call.scenario === only && call.operation === 'createVirtualVolume'
        ? { ...call, session: '{{session 999}}' }
        : call,
    );
    const result = await withProvider((target) =>
      replayed(target, { ...recording, calls }, { only: [only] }),
    );
    expect(differencesOf(result).flat().join('\n')).toMatch(
      /deleteVirtualVolume.*not sent.*was never given/,
    );
    expect(result.left).toEqual([]);
  });

  it('counts differences of scenarios that are listed as known', { timeout: LONG_MS }, async () => {
    inForce.breakage = mutant('removal-forgotten');
    const known = new Map([['metadata.changed-and-removed', 'nothing is ever removed']]);
    const only = ['metadata.changed-and-removed'];
    const result = await withProvider((target) => replayed(target, recording, { only, known }));
    expect(differencesOf(result)).toEqual([]);
    expect(result.results.map(({ outcome }) => outcome)).toContain('known');
  });
});

function mutant(id: string) {
  const found = MUTANTS.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no mutant ${id}`);
  return found;
}

describe('a replay against a broken provider shows', () => {
  it.each([
    ['removal-forgotten', /element added/],
    ['another-handle-each-time', /bindVirtualVolume/],
    ['bound-volume-deleted', /deleteVirtualVolume.*: (answered, not refused|another fault)/],
    ['deletions-make-no-event', /getEvents.*element missing/],
    ['events-of-one-number', /getEvents.*one id for two things/],
    ['fault-without-detail', /another fault/],
    ['child-in-another-namespace', /wrong in itself/],
    ['any-password', /answered, not refused/],
  ])('%s', { timeout: LONG_MS }, async (id, words) => {
    const broken = mutant(id);
    inForce.breakage = broken;
    const result = await withProvider((target) =>
      replayed(target, recording, { only: [broken.caughtBy] }),
    );
    const text = differencesText(documentOf(result));
    expect(differencesOf(result).flat().join('\n')).toMatch(words);
    expect(text).toMatch(/Differences/);
  });
});
