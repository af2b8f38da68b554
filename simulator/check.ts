/**
 * Proves that the whole array adds up: every account is recounted from what it follows from, everything
 * that points to something points to what is there. Changes nothing, and reads everything.
 */
import type { Content } from './content/content.ts';
import type { Db } from './open.ts';

/** Problems listed at most by each question; one alone is reason enough to look closer. */
const PROBLEMS_PER_QUESTION = 20;

/** Rows of a pool and bytes that it holds beside content: for volumes, and for LUNs and file systems. */
export const HELD_OF_POOLS = `SELECT pool_no, max(0, guaranteed_bytes - committed_bytes)
     FROM volume JOIN container USING (container_no)
     UNION ALL SELECT pool_no, iif(is_thin, used_bytes, capacity_bytes) FROM classic`;

/** Each gives a row with a sentence for each problem. `@chunkBytes`: bytes of a chunk. */
const QUESTIONS: readonly string[] = [
  `WITH counted (container_no, volumes, logical) AS (
     SELECT container_no, count(*), sum(size_bytes) FROM volume GROUP BY container_no)
   SELECT printf('container %s accounts for %d volumes, %d bytes promised; there are %d, %d',
     name, volume_count, logical_used_bytes, coalesce(volumes, 0), coalesce(logical, 0))
   FROM container LEFT JOIN counted USING (container_no)
   WHERE volume_count <> coalesce(volumes, 0) OR logical_used_bytes <> coalesce(logical, 0)`,
  `WITH held (pool_no, held) AS (${HELD_OF_POOLS}),
     counted (pool_no, reserved) AS (SELECT pool_no, sum(held) FROM held GROUP BY pool_no)
   SELECT printf('pool %s accounts for %d bytes reserved; there are %d',
     name, reserved_bytes, coalesce(reserved, 0))
   FROM pool LEFT JOIN counted USING (pool_no) WHERE reserved_bytes <> coalesce(reserved, 0)`,
  `SELECT printf('pool %s holds more than it has', name) FROM pool LEFT JOIN content_pool USING (pool_no)
   WHERE reserved_bytes + coalesce(chunks, 0) * @chunkBytes > capacity_bytes`,
  `SELECT printf('chunks of pool number %d are in no pool', pool_no) FROM content_pool
   WHERE chunks > 0 AND pool_no NOT IN (SELECT pool_no FROM pool)`,
  `SELECT printf('container %s is in a pool of another array', container.name)
   FROM container JOIN pool USING (pool_no) WHERE container.array_no <> pool.array_no`,
  `SELECT printf('volume %s accounts for %d bytes allocated; there are %d', vvol_id, committed_bytes,
     coalesce(chunks, 0) * @chunkBytes)
   FROM volume LEFT JOIN content_node ON node_no = root_no
   WHERE committed_bytes <> coalesce(chunks, 0) * @chunkBytes`,
  `SELECT printf('volume %s is being made by no job', vvol_id) FROM volume WHERE state = 'making'
   AND volume_no NOT IN (SELECT made_no FROM job WHERE ended_at_ms IS NULL AND made_no IS NOT NULL)`,
  `SELECT printf('job %s makes a volume that is not there', job_id) FROM job
   WHERE ended_at_ms IS NULL AND made_no IS NOT NULL
     AND made_no NOT IN (SELECT volume_no FROM volume WHERE state = 'making')`,
  `SELECT printf('job %s works on a volume that is not there', job_id) FROM job
   WHERE ended_at_ms IS NULL AND subject_no IS NOT NULL
     AND subject_no NOT IN (SELECT volume_no FROM volume)`,
  `SELECT printf('prepared snapshot %s is of no volume', vvol_id) FROM volume
   WHERE state = 'prepared' AND parent_no NOT IN (SELECT volume_no FROM volume)`,
  `SELECT printf('volume %s is bound, and not there for hosts', vvol_id)
   FROM volume WHERE state <> 'live' AND volume_no IN (SELECT volume_no FROM binding)`,
  `SELECT printf('host %s has bindings of volume %d of which none is the present one', host_id, volume_no)
   FROM binding GROUP BY host_id, volume_no HAVING sum(state = 'bound') <> 1`,
  `SELECT printf('endpoint %s accounts for %d bindings', endpoint_id, binding_count) FROM endpoint
   WHERE binding_count <> (SELECT count(*) FROM binding WHERE binding.endpoint_no = endpoint.endpoint_no)`,
  `SELECT printf('host %s accounts for %d bindings', host_id, binding_count) FROM host
   WHERE binding_count <> (SELECT count(*) FROM binding WHERE binding.host_id = host.host_id)`,
  `SELECT printf('host %s has bindings and no account', host_id) FROM binding
   WHERE host_id NOT IN (SELECT host_id FROM host)`,
  `SELECT printf('a row of %s points to nothing in %s', "table", parent) FROM pragma_foreign_key_check`,
];

/** What is wrong, each in a sentence; empty: nothing. */
export function checkArray(db: Db, content: Content): readonly string[] {
  const facts = { chunkBytes: content.chunkBytes };
  const problems = QUESTIONS.flatMap((question) =>
    db
      .prepare<[typeof facts], string>(`${question} LIMIT ${PROBLEMS_PER_QUESTION}`)
      .pluck()
      .all(facts),
  );
  return [...problems, ...content.check(rootsOf(db))];
}

/** Every content that volumes and jobs hold, one named twice that is held twice. */
function rootsOf(db: Db): readonly number[] {
  return db
    .prepare<[], bigint>(
      `SELECT root_no FROM volume WHERE root_no <> 0
       UNION ALL SELECT source_root FROM job WHERE source_root <> 0
       UNION ALL SELECT base_root FROM job WHERE base_root <> 0
       UNION ALL SELECT target_root FROM job WHERE target_root <> 0`,
    )
    .pluck()
    .all()
    .map(Number);
}
