/**
 * Proves that the content adds up: every count is recounted from the lists that it follows from, every
 * block is read and hashed. Changes nothing. Reads everything, so its cost grows with the array.
 */
import { hash } from 'node:crypto';
import type { Db } from '../open.ts';
import type { DataFile } from './data-file.ts';
import type { Geometry } from './geometry.ts';

/** Problems listed at most by each question; one alone is reason enough to look closer. */
const PROBLEMS_PER_QUESTION = 20;

/** Each gives a row with a sentence for each problem. `@roots`: JSON list of the roots in use. */
const QUESTIONS: readonly string[] = [
  // Lists of children, and roots, name what exists, one level lower.
  `SELECT printf('root %d does not exist', value) FROM json_each(@roots)
   WHERE value <> 0 AND value NOT IN (SELECT node_no FROM content_node WHERE level = @top)`,
  `SELECT printf('node %d has child %d, which is no node of level %d', parent.node_no, value, parent.level - 1)
   FROM content_node AS parent, json_each(parent.children)
   LEFT JOIN content_node AS child ON child.node_no = value AND child.level = parent.level - 1
   WHERE parent.level > 0 AND value <> 0 AND child.node_no IS NULL`,
  `SELECT printf('node %d has chunk %d, which does not exist', node_no, value)
   FROM content_node, json_each(children) LEFT JOIN content_chunk ON chunk_no = value
   WHERE level = 0 AND value <> 0 AND chunk_no IS NULL`,
  `SELECT printf('chunk %d is in block %d, which is not used', chunk_no, content_chunk.block_no)
   FROM content_chunk LEFT JOIN content_block
     ON content_block.block_no = content_chunk.block_no AND state = 'used'
   WHERE content_chunk.block_no IS NOT NULL AND content_block.block_no IS NULL`,
  `SELECT printf('node %d has %d children', node_no, json_array_length(children))
   FROM content_node WHERE json_array_length(children) <> @fanOut`,

  // Counts are what the lists say.
  `WITH pointed (node_no, refs) AS (
     SELECT node_no, count(*) FROM (
       SELECT value AS node_no FROM content_node, json_each(children) WHERE level > 0
       UNION ALL SELECT value FROM json_each(@roots)) GROUP BY node_no)
   SELECT printf('node %d has %d references, not %d', node_no, coalesce(pointed.refs, 0), content_node.refs)
   FROM content_node LEFT JOIN pointed USING (node_no)
   WHERE content_node.refs <> coalesce(pointed.refs, 0)`,
  `WITH below (node_no, chunks) AS (
     SELECT parent.node_no, sum(CASE WHEN parent.level = 0 THEN value <> 0 ELSE child.chunks END)
     FROM content_node AS parent, json_each(parent.children)
     LEFT JOIN content_node AS child ON parent.level > 0 AND child.node_no = value
     GROUP BY parent.node_no)
   SELECT printf('node %d has %d chunks below it, not %d', node_no, below.chunks, content_node.chunks)
   FROM content_node JOIN below USING (node_no) WHERE below.chunks IS NOT content_node.chunks`,
  `WITH pointed (chunk_no, refs) AS (
     SELECT value, count(*) FROM content_node, json_each(children) WHERE level = 0 GROUP BY value)
   SELECT printf('chunk %d has %d references, not %d', chunk_no, coalesce(pointed.refs, 0), content_chunk.refs)
   FROM content_chunk LEFT JOIN pointed USING (chunk_no)
   WHERE content_chunk.refs <> coalesce(pointed.refs, 0)`,
  `WITH pointed (block_no, refs) AS (
     SELECT block_no, count(*) FROM content_chunk WHERE block_no IS NOT NULL GROUP BY block_no)
   SELECT printf('block %d has %d references, not %d', block_no, coalesce(pointed.refs, 0), content_block.refs)
   FROM content_block LEFT JOIN pointed USING (block_no)
   WHERE content_block.refs <> coalesce(pointed.refs, 0)`,
  `WITH counted (pool_no, chunks) AS (SELECT pool_no, count(*) FROM content_chunk GROUP BY pool_no)
   SELECT printf('pool %d has %d chunks, not %d', pool_no, coalesce(counted.chunks, 0), content_pool.chunks)
   FROM content_pool LEFT JOIN counted USING (pool_no)
   WHERE content_pool.chunks <> coalesce(counted.chunks, 0)`,
];

/**
 * What is wrong, each in a sentence; empty: nothing. `roots` are all references that the caller holds, one
 * named twice that is held twice.
 */
export function checkContent(
  db: Db,
  file: DataFile,
  geometry: Geometry,
  roots: Iterable<number>,
): readonly string[] {
  const facts = {
    roots: JSON.stringify([...roots]),
    top: geometry.levels - 1,
    fanOut: geometry.fanOut,
  };
  const problems = QUESTIONS.flatMap((question) =>
    db
      .prepare<[typeof facts], string>(`${question} LIMIT ${PROBLEMS_PER_QUESTION}`)
      .pluck()
      .all(facts),
  );
  return [...problems, ...damagedBlocks(db, file, geometry)];
}

function damagedBlocks(db: Db, file: DataFile, { chunkBytes }: Geometry): readonly string[] {
  const problems: string[] = [];
  const data = Buffer.alloc(chunkBytes);
  const length = file.length();
  const used = db
    .prepare<[], { block_no: number; hash: Buffer }>(
      `SELECT block_no, hash FROM content_block WHERE state = 'used' ORDER BY block_no`,
    )
    .safeIntegers(false);
  for (const { block_no, hash: expected } of used.iterate()) {
    if (problems.length >= PROBLEMS_PER_QUESTION) break;
    if (block_no > length) {
      problems.push(`block ${block_no} lies behind the end of content.data`);
      continue;
    }
    file.read(block_no, 0, data);
    if (!hash('sha256', data, 'buffer').equals(expected)) {
      problems.push(`block ${block_no} does not hold the bytes that were written to it`);
    }
  }
  return problems;
}
