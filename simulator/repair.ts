/**
 * Mends what follows from something else: accounts are recounted, what points to nothing is ended, what
 * nobody holds is given up. What was lost (bytes, lists) stays lost. The order matters: accounts first, since
 * triggers go on from them.
 */
import type { RepairReport } from '../src/array/administration.ts';
import { checkArray, HELD_OF_POOLS } from './check.ts';
import type { Content } from './content/content.ts';
import { GEOMETRY } from './content/geometry.ts';
import type { Db } from './open.ts';

const ACCOUNTS: readonly string[] = [
  `INSERT INTO content_pool (pool_no, chunks)
   SELECT pool_no, count(*) FROM content_chunk WHERE true GROUP BY pool_no
   ON CONFLICT DO UPDATE SET chunks = excluded.chunks`,
  'UPDATE content_pool SET chunks = 0 WHERE pool_no NOT IN (SELECT pool_no FROM content_chunk)',
  `UPDATE content_block SET refs = found.refs FROM (
     SELECT content_block.block_no AS no, coalesce(counted.refs, 0) AS refs FROM content_block
     LEFT JOIN (SELECT block_no, count(*) AS refs FROM content_chunk WHERE block_no IS NOT NULL
       GROUP BY block_no) AS counted USING (block_no)) AS found
   WHERE found.no = block_no AND content_block.refs <> found.refs AND state = 'used'`,
  `UPDATE endpoint SET binding_count =
     (SELECT count(*) FROM binding WHERE binding.endpoint_no = endpoint.endpoint_no)`,
  'DELETE FROM host',
  'INSERT INTO host SELECT host_id, count(*) FROM binding GROUP BY host_id',
  `UPDATE container SET volume_count = found.volumes, logical_used_bytes = found.logical
   FROM (SELECT container.container_no AS no, count(volume_no) AS volumes,
       coalesce(sum(size_bytes), 0) AS logical
     FROM container LEFT JOIN volume USING (container_no) GROUP BY container.container_no) AS found
   WHERE found.no = container_no`,
  `WITH held (pool_no, held) AS (${HELD_OF_POOLS})
   UPDATE pool SET reserved_bytes = found.reserved
   FROM (SELECT pool.pool_no AS no, coalesce(sum(held), 0) AS reserved
     FROM pool LEFT JOIN held USING (pool_no) GROUP BY pool.pool_no) AS found
   WHERE found.no = pool_no`,
];

const ENDED = `state = 'failed', ended_at_ms = started_at_ms, error_kind = 'failed',
  error_message = 'given up by a repair of the array', source_root = 0, base_root = 0, target_root = 0`;

const STRUCTURE: readonly string[] = [
  `DELETE FROM binding WHERE volume_no NOT IN (SELECT volume_no FROM volume WHERE state = 'live')`,
  `UPDATE binding SET state = 'bound' WHERE binding_no IN (SELECT max(binding_no) FROM binding
     GROUP BY volume_no, host_id HAVING sum(state = 'bound') = 0)`,
  `UPDATE job SET ${ENDED} WHERE ended_at_ms IS NULL AND
     (subject_no IS NOT NULL AND subject_no NOT IN (SELECT volume_no FROM volume)
      OR made_no IS NOT NULL
        AND made_no NOT IN (SELECT volume_no FROM volume WHERE state = 'making'))`,
  `DELETE FROM volume WHERE state = 'making' AND volume_no NOT IN
     (SELECT made_no FROM job WHERE ended_at_ms IS NULL AND made_no IS NOT NULL)`,
  `DELETE FROM volume WHERE state = 'prepared' AND parent_no NOT IN (SELECT volume_no FROM volume)`,
  'DELETE FROM metadata WHERE volume_no NOT IN (SELECT volume_no FROM volume)',
  'DELETE FROM binding_change WHERE volume_no NOT IN (SELECT volume_no FROM volume)',
];

/** Level by level from the chunks up, then who refers to what, from the roots down. */
const CONTENT: readonly string[] = [
  ...Array.from(
    { length: GEOMETRY.levels },
    (_, level) => `UPDATE content_node SET chunks = found.chunks FROM (
       SELECT parent.node_no AS no,
         sum(CASE WHEN parent.level = 0 THEN value <> 0 ELSE coalesce(child.chunks, 0) END) AS chunks
       FROM content_node AS parent, json_each(parent.children)
       LEFT JOIN content_node AS child ON parent.level > 0 AND child.node_no = value
       WHERE parent.level = ${level} GROUP BY parent.node_no) AS found
     WHERE found.no = node_no AND found.chunks > 0 AND found.chunks <> content_node.chunks`,
  ),
  `UPDATE content_node SET refs = found.refs FROM (
     SELECT content_node.node_no AS no, coalesce(counted.refs, 0) AS refs FROM content_node
     LEFT JOIN (SELECT node_no, count(*) AS refs FROM (
         SELECT value AS node_no FROM content_node, json_each(children) WHERE level > 0
         UNION ALL SELECT root_no FROM volume
         UNION ALL SELECT source_root FROM job
         UNION ALL SELECT base_root FROM job
         UNION ALL SELECT target_root FROM job) GROUP BY node_no) AS counted USING (node_no)) AS found
   WHERE found.no = node_no AND found.refs <> content_node.refs`,
  `UPDATE content_chunk SET refs = found.refs FROM (
     SELECT content_chunk.chunk_no AS no, coalesce(counted.refs, 0) AS refs FROM content_chunk
     LEFT JOIN (SELECT value AS chunk_no, count(*) AS refs FROM content_node, json_each(children)
       WHERE level = 0 GROUP BY value) AS counted USING (chunk_no)) AS found
   WHERE found.no = chunk_no AND found.refs <> content_chunk.refs`,
  `UPDATE volume SET committed_bytes = found.bytes FROM (
     SELECT volume_no AS no, coalesce(chunks, 0) * ${GEOMETRY.chunkBytes} AS bytes
     FROM volume LEFT JOIN content_node ON node_no = root_no) AS found
   WHERE found.no = volume_no AND found.bytes <> committed_bytes`,
];

/** Checks, mends, checks again. Everything is one transaction; nobody else may use the array meanwhile. */
export function repairArray(db: Db, content: Content): RepairReport {
  const before = checkArray(db, content);
  if (before.length === 0) return { mended: [], left: [] };
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      for (const step of [...ACCOUNTS, ...STRUCTURE, ...CONTENT]) attempt(db, step);
      content.flush();
    }).exclusive();
  } finally {
    db.pragma('foreign_keys = ON');
  }
  content.settle();
  const left = checkArray(db, content);
  return { mended: before.filter((problem) => !left.includes(problem)), left };
}

/** A step that a rule of the tables forbids is undone by itself; the check afterwards tells what is left. */
function attempt(db: Db, step: string): void {
  try {
    db.transaction(() => db.exec(step))();
  } catch (error) {
    if (!db.inTransaction) throw error;
  }
}
