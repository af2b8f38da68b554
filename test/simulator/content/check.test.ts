import { expect, test } from 'vitest';
import { Content, EMPTY } from '../../../simulator/content/content.ts';
import { type Harness, openHarness, SMALL } from './harness.ts';
import { LossyFile } from './lossy-file.ts';

interface Sample {
  readonly harness: Harness;
  readonly file: LossyFile;
  readonly roots: readonly number[];
}

/** Two contents that share some chunks. */
function sample(): Sample {
  const file = new LossyFile();
  const harness = openHarness({ geometry: SMALL, file });
  const { content } = harness;
  const root = harness.commit(() =>
    content.write(EMPTY, 0, Buffer.from('some bytes'.repeat(40)), 1),
  );
  const fork = content.fork(root);
  const other = harness.commit(() => content.write(fork, 0, Buffer.from('others'), 1));
  return { harness, file, roots: [root, other] };
}

test('What was written and shared adds up.', () => {
  const { harness, roots } = sample();
  expect(harness.content.check(roots)).toEqual([]);
});

test('A root that is held once too often, or not at all, is found.', () => {
  const { harness, roots } = sample();
  const [root = EMPTY, other = EMPTY] = roots;
  expect(harness.content.check([root])).toEqual([`node ${other} has 0 references, not 1`]);
  expect(harness.content.check([root, other, other])).toEqual([
    `node ${other} has 2 references, not 1`,
  ]);
  expect(harness.content.check([root, other, 999])).toEqual(['root 999 does not exist']);
});

test.each([
  ['a count of a node', 'UPDATE content_node SET refs = refs + 5 WHERE level = 1', /references/],
  ['a sum of a node', 'UPDATE content_node SET chunks = chunks + 1 WHERE level = 0', /below/],
  ['a level', 'UPDATE content_node SET level = 2 WHERE level = 1', /no node of level/],
  ['a lost node', 'DELETE FROM content_node WHERE level = 0', /no node of level 0/],
  ['a node too narrow', `UPDATE content_node SET children = '[0]'`, /has 1 children/],
  ['a count of a chunk', 'UPDATE content_chunk SET refs = refs + 5', /chunk \d+ has/],
  ['a lost chunk', 'DELETE FROM content_chunk WHERE chunk_no = 3', /chunk 3, which does not exist/],
  ['a count of a block', 'UPDATE content_block SET refs = refs + 5', /block \d+ has/],
  ['a lost block', 'DELETE FROM content_block WHERE block_no = 2', /block 2, which is not used/],
  ['a count of a pool', 'UPDATE content_pool SET chunks = chunks + 1', /pool 1 has/],
])('Damage is found: %s.', (_what, sql, problem) => {
  const { harness, roots } = sample();
  harness.db.exec(sql);
  expect(harness.content.check(roots).join('\n')).toMatch(problem);
});

test('Bytes that have changed or are missing are found.', () => {
  const { harness, file, roots } = sample();
  const blocks = file.length();
  file.write(1, Buffer.alloc(SMALL.chunkBytes, 'damage'));
  expect(harness.content.check(roots)).toEqual([
    'block 1 does not hold the bytes that were written to it',
  ]);
  file.truncate(blocks - 1);
  expect(harness.content.check(roots)).toContain(
    `block ${blocks} lies behind the end of content.data`,
  );
});

test('Content whose file is too short is not opened.', () => {
  const { harness, file } = sample();
  file.truncate(1);
  const open = () => new Content({ db: harness.db, file, geometry: SMALL });
  expect(open).toThrow(expect.objectContaining({ kind: 'failed' }));
});
