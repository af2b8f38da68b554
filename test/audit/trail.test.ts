/**
 * Goal: a trail that nobody touched is whole however its writer died, and one that somebody has touched is found out:
 * changed, removed, moved, added or cut off.
 */
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTrailFiles } from '../../src/audit/files.ts';
import {
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  hashOf,
  NO_HEAD,
  recordAfter,
} from '../../src/audit/record.ts';
import { type Anchor, AuditError, openAuditTrail } from '../../src/audit/trail.ts';
import { type TrailVerdict, verifyTrail } from '../../src/audit/verify.ts';
import { systemClock } from '../../src/model/clock.ts';

let folder: string;
let anchor: Anchor & { value: AuditHead | undefined };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-audit-'));
  anchor = memory();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function memory(): Anchor & { value: AuditHead | undefined } {
  const held: { value: AuditHead | undefined } = { value: undefined };
  return Object.assign(held, {
    read: async () => held.value,
    save: async (head: AuditHead) => {
      held.value = head;
    },
  });
}

const open = (more: { fileBytes?: number; filesKept?: number } = {}) =>
  openAuditTrail({ folder, anchor, clock: systemClock, release: 'Keelson test', ...more });

const entry = (subject: string): AuditEntry => ({
  actor: { kind: 'operator', account: 'someone' },
  ...{ action: 'user.save', subject, outcome: 'done', details: { of: 1 } },
});

async function written(count: number, more: Parameters<typeof open>[0] = {}): Promise<void> {
  const trail = await open(more);
  for (let number = 1; number <= count; number += 1) trail.append(entry(`user ${number}`));
  await trail.close();
}

function judged(): TrailVerdict {
  return verifyTrail(readTrailFiles(folder), anchor.value);
}

function actions(): readonly string[] {
  const found: string[] = [];
  verifyTrail(readTrailFiles(folder), anchor.value, ({ action }) => found.push(action));
  return found;
}

describe('a trail', () => {
  it('holds each record when append returns, chained, for its owner alone', async () => {
    const trail = await open();
    const first = trail.append(entry('one'));
    expect(readTrailFiles(folder)[0]?.text).toBe(`${JSON.stringify(first)}\n`);
    const second = trail.append(entry('two'));
    expect([first.seq, first.previous]).toEqual([1, NO_HEAD.hash]);
    expect([second.seq, second.previous]).toEqual([2, first.hash]);
    expect(second.hash).toBe(hashOf(second));
    await trail.anchored();
    expect(anchor.value).toEqual({ seq: 2, hash: second.hash });
    await trail.close();
    expect(statSync(join(folder, 'audit.jsonl')).mode & 0o777).toBe(0o600);
    expect(judged()).toMatchObject({ records: 2, broken: undefined, tornBytes: 0, afterAnchor: 0 });
  });

  it('goes on where it ended', async () => {
    await written(3);
    await written(2);
    expect(judged()).toMatchObject({ records: 5, broken: undefined, head: { seq: 5 } });
  });

  it('a record whose line was torn by a crash is cut off, and that is noted', async () => {
    await written(3);
    appendFileSync(join(folder, 'audit.jsonl'), '{"seq":4,"time":"20');
    expect(judged()).toMatchObject({ records: 3, broken: undefined, tornBytes: 19 });
    await written(1);
    expect(actions().slice(3)).toEqual(['audit.repaired', 'user.save']);
    expect(judged()).toMatchObject({ broken: undefined, tornBytes: 0 });
  });

  it('a record that was written while the anchor was not is kept, and that is noted', async () => {
    const trail = await open();
    trail.append(entry('one'));
    await trail.anchored();
    const before = anchor.value;
    trail.append(entry('two'));
    await trail.close();
    anchor.value = before;
    await written(1);
    expect(actions()).toEqual(['user.save', 'user.save', 'audit.resumed', 'user.save']);
  });

  it('whose anchor is lost says so', async () => {
    await written(2);
    anchor.value = undefined;
    await written(1);
    expect(actions()).toEqual(['user.save', 'user.save', 'audit.unanchored', 'user.save']);
  });

  it('begins new files, drops the oldest, and stays one chain', async () => {
    await written(40, { fileBytes: 1_500, filesKept: 3 });
    expect(readdirSync(folder)).toHaveLength(3);
    const verdict = judged();
    expect(verdict).toMatchObject({ broken: undefined, afterAnchor: 0 });
    expect(verdict.records).toBeLessThan(40);
    expect(actions()).toContain('audit.rotated');
    await written(40, { fileBytes: 1_500, filesKept: 3 });
    expect(judged().broken).toBeUndefined();
    const [oldest = ''] = readdirSync(folder).sort();
    rmSync(join(folder, oldest));
    expect(judged().broken?.why).toContain('nothing says what became of those before');
  });

  it('that was changed is set aside, and the new one begins by saying so', async () => {
    await written(4);
    const file = join(folder, 'audit.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('user 2', 'user 9'));
    const trail = await open();
    expect(trail.state().found).toContain('line 2');
    await trail.close();
    const verdict = judged();
    expect(verdict.broken).toBeUndefined();
    expect(verdict.setAside).toHaveLength(1);
    expect(verdict.head.seq).toBe(5);
    const kept = readdirSync(folder).find((name) => name.startsWith('audit-broken-'));
    expect(readFileSync(join(folder, kept ?? '', 'audit.jsonl'), 'utf8')).toContain('user 9');
    const again = await open();
    expect(again.state().found).toBeUndefined();
    await again.close();
  });

  it('that cannot be written refuses, and stays a whole chain', async () => {
    const trail = await open();
    trail.append(entry('one'));
    const cyclic: Record<string, never> = {};
    Object.assign(cyclic, { itself: cyclic });
    expect(() => trail.append({ ...entry('two'), details: cyclic })).toThrow(AuditError);
    trail.append(entry('three'));
    expect(trail.state()).toMatchObject({ records: 2, failures: 1 });
    await trail.close();
    expect(() => trail.append(entry('late'))).toThrow('closed');
    expect(judged()).toMatchObject({ records: 2, broken: undefined });
  });
});

/** A made-up trail of some records, in memory. */
function madeUp(count: number): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  let head = NO_HEAD;
  for (let number = 1; number <= count; number += 1) {
    const stamp = { time: new Date(number * 1_000).toISOString(), release: 'Keelson test' };
    const record = recordAfter(head, entry(`user ${number}`), stamp);
    records.push(record);
    head = record;
  }
  return records;
}

describe('whoever has not the anchor is found out', () => {
  const records = madeUp(12);
  const lines = records.map((record) => JSON.stringify(record));
  const { seq, hash } = records.at(-1) ?? NO_HEAD;
  const verdictOf = (some: readonly string[]) =>
    verifyTrail([{ name: 'audit.jsonl', text: some.map((line) => `${line}\n`).join('') }], {
      seq,
      hash,
    });
  const at = fc.nat({ max: lines.length - 1 });

  it('an untouched trail is whole', () => {
    expect(verdictOf(lines).broken).toBeUndefined();
  });

  it('when it changes one character anywhere', () => {
    const text = lines.join('\n');
    fc.assert(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.string({ minLength: 1, maxLength: 1 }),
        (place, put) => {
          fc.pre(text[place] !== put);
          const changed = text.slice(0, place) + put + text.slice(place + 1);
          expect(verdictOf(changed.split('\n')).broken).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('when it removes records, at the end or elsewhere', () => {
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 12 }), (from, many) => {
        expect(
          verdictOf([...lines.slice(0, from), ...lines.slice(from + many)]).broken,
        ).toBeDefined();
      }),
    );
  });

  it('when it moves, repeats or adds records', () => {
    fc.assert(
      fc.property(at, at, fc.boolean(), (from, to, moves) => {
        fc.pre(from !== to);
        const taken = lines[from] ?? '';
        const rest = moves ? lines.toSpliced(from, 1) : [...lines];
        expect(verdictOf(rest.toSpliced(to, 0, taken)).broken).toBeDefined();
      }),
    );
  });

  it('when it makes up a chain of its own with right hashes', () => {
    fc.assert(
      fc.property(at, (from) => {
        let head: AuditHead = records[from - 1] ?? NO_HEAD;
        const forged = lines.slice(0, from);
        for (const { time, release, hash: _, seq: __, previous: ___, ...rest } of records.slice(
          from,
        )) {
          const record = recordAfter(head, { ...rest, subject: 'nobody' }, { time, release });
          forged.push(JSON.stringify(record));
          head = record;
        }
        expect(verdictOf(forged).broken?.why).toContain('not the one that the provider remembers');
      }),
    );
  });

  it('when it cuts the file anywhere but behind its last record', async () => {
    await written(5);
    const file = join(folder, 'audit.jsonl');
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length; length += 97) {
      truncateSync(file, length);
      expect(judged().broken, `${length} bytes`).toBeDefined();
      writeFileSync(file, whole);
    }
  });
});
