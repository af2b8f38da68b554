/**
 * Goal: who knows nothing can answer from `keelson log` alone what happened and what to do. Ten incidents are
 * played on a real provider; then the command's own output is looked at, and nothing else.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keelson } from '../cli/support.ts';
import { INCIDENTS } from '../support/scenes/all.ts';
import { HEALTHY } from '../support/scenes/healthy.ts';
import { type Played, played } from './support.ts';

interface Expected {
  /** Id of the finding. */
  readonly id: string;
  /** What its sentence says has happened; `{name}` is a fact of the scene. */
  readonly what: readonly string[];
  /** What is to be done. */
  readonly remedy: RegExp;
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  'expired-certificate': {
    id: 'expired-certificate',
    what: ['{certificate}', 'host {host}', 'has expired', '3 calls refused'],
    remedy: /Renew the certificate/,
  },
  'revoked-host': {
    id: 'revoked-certificate',
    what: ['{certificate}', 'host {host}', 'was revoked by its CA', '3 calls refused'],
    remedy: /If the host belongs here, renew its certificate/,
  },
  'set-context-storm': {
    id: 'set-context-storm',
    what: ['{hosts} clients', 'setContext', 'after the start of', 'turned away'],
    remedy: /hosts come again by themselves/,
  },
  'stale-binding': {
    id: 'stale-binding',
    what: ['deleteVirtualVolume of volume {volume}', 'host {host} has it bound', 'heard last'],
    remedy: /unbindAllVirtualVolumesFromHost/,
  },
  'out-of-space': {
    id: 'out-of-space',
    what: ['createVirtualVolume found no room 3 times', 'container gold'],
    remedy: /Free space, enlarge the container/,
  },
  'lost-endpoint': {
    id: 'lost-endpoint',
    what: ['{endpoint} went offline', 'not back by the end of the log', '{volume}'],
    remedy: /array’s port or controller/,
  },
  'two-vcenters': {
    id: 'two-vcenters',
    what: ['vCenter {second} wanted to replace the certificate', 'vCenter {first}'],
    remedy: /keelson certificate release/,
  },
  'clock-skew': {
    id: 'clock-skew',
    what: ['{certificate}', 'not valid yet by the clock of this provider', '3 calls refused'],
    remedy: /NTP/,
  },
  'corrupted-request': {
    id: 'corrupted-request',
    what: ['4 requests of host {host}', 'could not be understood', 'malformed XML'],
    remedy: /verbose mode/,
  },
  'failed-snapshot': {
    id: 'failed-snapshot',
    what: ['prepareToSnapshotVirtualVolume of volume {volume}', 'SnapshotTooMany twice'],
    remedy: /Delete snapshots that are no longer needed/,
  },
};

let scenes: Awaited<ReturnType<typeof played>>;

beforeAll(async () => {
  scenes = await played([HEALTHY, ...INCIDENTS]);
}, 300_000);

afterAll(() => scenes.remove());

function playedOf(id: string): Played {
  const found = scenes.of.get(id);
  if (found === undefined) throw new Error(`${id} was not played`);
  return found;
}

/** The findings of an output, each as its lines. */
function findingsIn(
  text: string,
): readonly { readonly id: string; readonly lines: readonly string[] }[] {
  const [, part = ''] = text.split('\nWhat happened\n');
  return part
    .split(/\n(?=\d+\. )/)
    .map((each) => each.trim().split('\n'))
    .flatMap((lines) => {
      const id = /\[([\w.-]+)\]$/.exec(lines[0] ?? '')?.[1];
      return id === undefined ? [] : [{ id, lines }];
    });
}

describe('keelson log', () => {
  it('has an expectation for each of ten incidents', () => {
    expect(INCIDENTS.map(({ id }) => id)).toEqual(Object.keys(EXPECTED));
    expect(INCIDENTS).toHaveLength(10);
  });

  it.each(INCIDENTS.map(({ id, title }) => [id, title]))('tells of %s: %s', async (id) => {
    const { folder, facts } = playedOf(id);
    const expected = EXPECTED[id];
    const { code, stdout } = await keelson(['log', folder]);
    expect(code).toBe(0);
    const finding = findingsIn(stdout).find((each) => each.id === expected?.id);
    const [what = '', why = '', remedy = '', ...evidence] = finding?.lines ?? [];
    for (const part of expected?.what ?? [])
      expect(what).toContain(part.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '?'));
    expect(why).toMatch(/^ {3}why {2}\S/);
    expect(remedy).toMatch(expected?.remedy ?? /^$/);
    expect(evidence.length, 'lines of the log as evidence').toBeGreaterThan(0);
    for (const each of evidence) expect(each).toMatch(/^ {3}see {2}keelson\.log:\d+ {2}2\d{3}-/);
  });

  it.each(INCIDENTS.map(({ id }) => id))(
    'puts what is behind %s before what follows from it',
    async (id) => {
      const { stdout } = await keelson(['log', playedOf(id).folder]);
      const ids = findingsIn(stdout).map((each) => each.id);
      // The storm follows from the provider that was killed.
      expect(ids[id === 'set-context-storm' ? 1 : 0]).toBe(EXPECTED[id]?.id);
    },
  );

  it('finds nothing in the log of a healthy day', async () => {
    const { stdout } = await keelson(['log', playedOf('healthy').folder]);
    expect(findingsIn(stdout)).toEqual([]);
    expect(stdout).toContain('Nothing that needs attention was found.');
  });

  it('tells the story of one host without the findings about others', async () => {
    const { folder, facts } = playedOf('expired-certificate');
    const of = async (host: string) => (await keelson(['log', folder, '--host', host])).stdout;
    const own = await of(facts['host'] ?? '');
    expect(
      own.match(/InvalidSession: The client/g),
      'refused calls, that have no session',
    ).toHaveLength(3);
    expect(findingsIn(own).map((each) => each.id)).toEqual(['expired-certificate']);
    const others = await of('nobody');
    expect(others).not.toContain('InvalidSession');
    expect(findingsIn(others)).toEqual([]);
  });
});
