/**
 * Random histories, with savepoints undone and power lost, beside the plain model: bytes, space, sharing
 * and differences must agree, and nothing may be left when all is given up. A failure prints its seed.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Content, EMPTY } from '../../../simulator/content/content.ts';
import { capacityOf } from '../../../simulator/content/geometry.ts';
import { openHarness, SMALL } from './harness.ts';
import { type Action, type ByteRange, histories, type Step } from './histories.ts';
import { LossyFile } from './lossy-file.ts';
import { Model, type ModelVolume } from './model.ts';

const CAPACITY = capacityOf(SMALL);
const RUNS = Number(process.env['KEELSON_RUNS'] ?? 200);

/** A content and what it should be. */
interface Pair {
  readonly root: number;
  readonly model: ModelVolume;
}

class History {
  readonly #file = new LossyFile();
  readonly #harness = openHarness({ geometry: SMALL, file: this.#file });
  readonly #model = new Model(SMALL);
  #content = this.#harness.content;
  #pairs: readonly Pair[] = [];
  #committed: readonly Pair[] = [];

  constructor() {
    this.#harness.db.exec('BEGIN IMMEDIATE');
  }

  step(step: Step): void {
    const { db } = this.#harness;
    if (step.kind === 'action') {
      db.exec('SAVEPOINT one_call');
      const before = this.#pairs;
      this.#pairs = this.#act(step.action);
      if (step.isUndone) {
        db.exec('ROLLBACK TO one_call');
        this.#pairs = before;
      }
      db.exec('RELEASE one_call');
    } else if (step.kind === 'commit') {
      this.#commit();
    } else {
      db.exec('ROLLBACK');
      this.#file.loseUnsynced((blockNo) => step.fates[blockNo % step.fates.length] ?? 'lost');
      this.#content = new Content({ db, file: this.#file, geometry: SMALL });
      this.#pairs = this.#committed;
      db.exec('BEGIN IMMEDIATE');
    }
  }

  /** Everything that can be asked, of every content and every two of them. */
  compare(): void {
    this.#commit();
    const models = this.#pairs.map(({ model }) => model);
    expect(this.#content.check(this.#pairs.map(({ root }) => root))).toEqual([]);
    for (const [place, { root, model }] of this.#pairs.entries()) {
      expect(this.#content.read(root, 0, CAPACITY)).toEqual(this.#model.bytesOf(model));
      expect(this.#content.committed(root)).toBe(model.chunks.size * SMALL.chunkBytes);
      const unshared = this.#model.unshared(model, models.toSpliced(place, 1));
      expect(this.#content.unshared(root, 1_000)).toBe(unshared * SMALL.chunkBytes);
      for (const other of this.#pairs) this.#compareDifference({ root, model }, other);
    }
    for (const pool of [1, 2]) {
      const { used, blocks } = this.#model.totals(models, pool);
      expect(this.#content.used(pool)).toBe(used * SMALL.chunkBytes);
      expect(this.#harness.count().blocks).toBe(blocks);
    }
  }

  /** Gives all up, and finds nothing left. */
  end(): void {
    for (const { root } of this.#pairs) this.#content.release(root);
    this.#pairs = [];
    this.#commit();
    expect(this.#harness.count()).toEqual({ nodes: 0, chunks: 0, blocks: 0 });
    expect(this.#file.length()).toBe(0);
    expect(this.#content.check([])).toEqual([]);
    this.#harness.db.close();
  }

  #commit(): void {
    const { db } = this.#harness;
    let hasMore = true;
    while (hasMore) {
      hasMore = this.#content.flush();
      db.exec('COMMIT');
      this.#content.settle();
      db.exec('BEGIN IMMEDIATE');
    }
    this.#committed = this.#pairs;
  }

  #compareDifference(one: Pair, other: Pair): void {
    const whole = { start: 0, length: CAPACITY, chunkBytes: SMALL.chunkBytes };
    const { bits } = this.#content.differing([one.root, other.root], whole);
    const expected = this.#model.differing(one.model, other.model);
    expect(bitsOf(bits)).toEqual(expected.toSorted((a, b) => a - b));
    const { scanned, unshared } = this.#content.countUnshared(one.root, other.root, whole, 1_000);
    expect({ scanned, unshared }).toEqual({
      scanned: CAPACITY / SMALL.chunkBytes,
      unshared: expected.length,
    });
  }

  #act(action: Action): readonly Pair[] {
    if (action.kind === 'create') {
      return [...this.#pairs, { root: EMPTY, model: { pool: action.pool, chunks: new Map() } }];
    }
    if (this.#pairs.length === 0) return this.#pairs;
    const at = action.kind === 'copy' ? action.target : action.which;
    const place = at % this.#pairs.length;
    const pair = this.#pair(place);
    switch (action.kind) {
      case 'write': {
        const data = dataOf(action.range, action.fills);
        const { offset } = action.range;
        const root = this.#content.write(pair.root, offset, data, pair.model.pool);
        const model = this.#model.write(pair.model, offset, data);
        return this.#pairs.with(place, { root, model });
      }
      case 'trim': {
        const { offset, length } = action.range;
        const root = this.#content.trim(pair.root, offset, length, pair.model.pool);
        const model = this.#model.trim(pair.model, offset, length);
        return this.#pairs.with(place, { root, model });
      }
      case 'fork':
        return [...this.#pairs, { root: this.#content.fork(pair.root), model: pair.model }];
      case 'release':
        this.#content.release(pair.root);
        return this.#pairs.toSpliced(place, 1);
      case 'copy':
        return this.#pairs.with(place, this.#copy(action, pair));
    }
  }

  /** As a job does it: source and base are held apart, so that they may even be the target itself. */
  #copy(action: Action & { kind: 'copy' }, target: Pair): Pair {
    const none: Pair = { root: EMPTY, model: { pool: 0, chunks: new Map() } };
    const source = this.#pair(action.source % this.#pairs.length);
    const base = action.base === undefined ? none : this.#pair(action.base % this.#pairs.length);
    for (const { root } of [source, base]) this.#content.fork(root);
    let root = target.root;
    for (let from: number | undefined = 0; from !== undefined; ) {
      const step = this.#content.copyStep({
        source: source.root,
        base: base.root,
        target: root,
        poolNo: target.model.pool,
        from,
        budget: action.budget,
      });
      root = step.target;
      from = step.next;
    }
    for (const held of [source, base]) this.#content.release(held.root);
    return { root, model: this.#model.copy(source.model, base.model, target.model) };
  }

  #pair(place: number): Pair {
    const pair = this.#pairs[place];
    if (pair === undefined) throw new Error(`no content ${place}`);
    return pair;
  }
}

/** Each of `fills` in turn, for 16 bytes each, at the boundaries that chunks have. */
function dataOf({ offset, length }: ByteRange, fills: readonly number[]): Buffer {
  const data = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) {
    data[at] = fills[Math.floor((offset + at) / SMALL.chunkBytes) % fills.length] ?? 0;
  }
  return data;
}

function bitsOf(bitmap: Uint8Array): number[] {
  return [...bitmap].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (1 << bit)).map((bit) => at * 8 + bit),
  );
}

test('Any history leaves what the plain model says, and in the end nothing.', () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const history = new History();
      for (const step of steps) history.step(step);
      history.compare();
      history.end();
    }),
    { numRuns: RUNS },
  );
});

test('Every state on the way agrees with the plain model.', () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const history = new History();
      for (const step of steps) {
        history.step(step);
        history.compare();
      }
      history.end();
    }),
    { numRuns: RUNS / 5 },
  );
});
