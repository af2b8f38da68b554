-- From shape 1 to 2: volumes have content, origins and states; jobs outlast the call that begins them.
-- Tables are made anew, since what they hold to (CHECK) changes. The program has switched foreign keys off
-- and looks at all of them before it commits.

DROP TRIGGER volume_inserted;
DROP TRIGGER volume_changed;
DROP TRIGGER volume_deleted;

CREATE TABLE new_array (
  array_no                  INTEGER PRIMARY KEY,
  array_id                  TEXT    NOT NULL UNIQUE,
  name                      TEXT    NOT NULL,
  priority                  INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 255),
  bindings_per_host_max     INTEGER NOT NULL CHECK (bindings_per_host_max > 0),
  snapshots_per_volume_max  INTEGER NOT NULL CHECK (snapshots_per_volume_max > 0)
) STRICT;
INSERT INTO new_array SELECT array_no, array_id, name, priority, bindings_per_host_max, 1024 FROM array;
DROP TABLE array;
ALTER TABLE new_array RENAME TO array;

CREATE TABLE new_container (
  container_no         INTEGER PRIMARY KEY,
  container_id         TEXT    NOT NULL UNIQUE,  -- UUID, lower case
  array_no             INTEGER NOT NULL REFERENCES array,
  name                 TEXT    NOT NULL,
  protocol             TEXT    NOT NULL CHECK (protocol IN ('SCSI', 'NFS', 'NFS4x')),
  max_volume_bytes     INTEGER NOT NULL CHECK (max_volume_bytes > 0),
  physical_total_bytes INTEGER NOT NULL CHECK (physical_total_bytes > 0),
  logical_limit_bytes  INTEGER NOT NULL CHECK (logical_limit_bytes >= 0),  -- 0: promise without bound
  volume_count         INTEGER NOT NULL DEFAULT 0 CHECK (volume_count >= 0),
  logical_used_bytes   INTEGER NOT NULL DEFAULT 0  -- sum of the volumes' sizes
    CHECK (logical_used_bytes >= 0
      AND (logical_limit_bytes = 0 OR logical_used_bytes <= logical_limit_bytes)),
  reserved_bytes       INTEGER NOT NULL DEFAULT 0  -- held for volumes beyond what is allocated
    CHECK (reserved_bytes BETWEEN 0 AND physical_total_bytes)
) STRICT;
INSERT INTO new_container SELECT container_no, container_id, array_no, name, protocol, max_volume_bytes,
  physical_total_bytes, logical_limit_bytes, volume_count, logical_used_bytes, physical_used_bytes
FROM container;
DROP TABLE container;
ALTER TABLE new_container RENAME TO container;

CREATE TABLE new_volume (
  volume_no          INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises with creation: the order of listings
  vvol_id            TEXT    NOT NULL UNIQUE,
  state              TEXT    NOT NULL CHECK (state IN ('live', 'making', 'prepared')),
  container_no       INTEGER NOT NULL REFERENCES container,
  type               TEXT    NOT NULL CHECK (type IN ('Config', 'Data', 'Swap', 'Memory', 'Other')),
  size_bytes         INTEGER NOT NULL CHECK (size_bytes > 0),
  is_thin            INTEGER NOT NULL CHECK (is_thin IN (0, 1)),
  is_read_only       INTEGER NOT NULL CHECK (is_read_only IN (0, 1)),
  root_no            INTEGER NOT NULL DEFAULT 0,  -- the content; 0: never written to
  committed_bytes    INTEGER NOT NULL DEFAULT 0 CHECK (committed_bytes >= 0),  -- allocated below root_no
  guaranteed_bytes   INTEGER NOT NULL CHECK (guaranteed_bytes >= 0),  -- kept free for it as far as not allocated
  origin             TEXT    NOT NULL CHECK (origin IN ('created', 'snapshot', 'fastClone', 'clone')),
  origin_vvol_id     TEXT,     -- what it was made of, which may be gone
  parent_no          INTEGER,  -- the same by number
  family_no          INTEGER,  -- first ancestor by snapshots and fast clones, perhaps gone; none: itself
  profile_id         TEXT,     -- the applied storage profile; all three or none
  profile_generation INTEGER,
  profile_document   TEXT,     -- the provider's own form, kept verbatim
  created_at_ms      INTEGER NOT NULL,
  CHECK ((profile_id IS NULL) = (profile_generation IS NULL)
     AND (profile_id IS NULL) = (profile_document IS NULL)),
  CHECK ((origin = 'created') = (origin_vvol_id IS NULL)
     AND (origin = 'created') = (parent_no IS NULL))
) STRICT;
INSERT INTO new_volume (volume_no, vvol_id, state, container_no, type, size_bytes, is_thin, is_read_only,
  guaranteed_bytes, origin, profile_id, profile_generation, profile_document, created_at_ms)
SELECT volume_no, vvol_id, 'live', container_no, type, size_bytes, is_thin, 0, committed_bytes, 'created',
  profile_id, profile_generation, profile_document, created_at_ms
FROM volume;
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'volume')
WHERE name = 'new_volume' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'volume');
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_volume', seq FROM sqlite_sequence AS before
WHERE name = 'volume' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_volume');
DROP TABLE volume;
ALTER TABLE new_volume RENAME TO volume;
CREATE INDEX volume_by_container ON volume (container_no);
CREATE INDEX volume_by_parent ON volume (parent_no) WHERE parent_no IS NOT NULL;
CREATE INDEX volume_prepared ON volume (created_at_ms) WHERE state = 'prepared';

CREATE TRIGGER volume_inserted AFTER INSERT ON volume BEGIN
  UPDATE container SET volume_count = volume_count + 1,
    logical_used_bytes = logical_used_bytes + NEW.size_bytes,
    reserved_bytes = reserved_bytes + max(0, NEW.guaranteed_bytes - NEW.committed_bytes)
  WHERE container_no = NEW.container_no;
END;
CREATE TRIGGER volume_changed AFTER UPDATE OF size_bytes, committed_bytes, guaranteed_bytes ON volume BEGIN
  UPDATE container SET
    logical_used_bytes = logical_used_bytes + NEW.size_bytes - OLD.size_bytes,
    reserved_bytes = reserved_bytes + max(0, NEW.guaranteed_bytes - NEW.committed_bytes)
      - max(0, OLD.guaranteed_bytes - OLD.committed_bytes)
  WHERE container_no = NEW.container_no;
END;
CREATE TRIGGER volume_deleted AFTER DELETE ON volume BEGIN
  UPDATE container SET volume_count = volume_count - 1,
    logical_used_bytes = logical_used_bytes - OLD.size_bytes,
    reserved_bytes = reserved_bytes - max(0, OLD.guaranteed_bytes - OLD.committed_bytes)
  WHERE container_no = OLD.container_no;
END;

CREATE TABLE binding_change (
  volume_no           INTEGER PRIMARY KEY REFERENCES volume ON DELETE CASCADE,
  destination_host_id TEXT    NOT NULL,
  prepared_at_ms      INTEGER NOT NULL
) STRICT;

CREATE TABLE new_job (
  job_no           INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises: oldest first
  job_id           TEXT    NOT NULL UNIQUE,  -- UUID chosen by the caller
  array_no         INTEGER NOT NULL REFERENCES array,
  operation        TEXT    NOT NULL,  -- the VASA operation, as the caller named it
  kind             TEXT    NOT NULL,  -- the method of the port that began it
  request          TEXT    NOT NULL CHECK (json_valid(request)),  -- the arguments, to know a repeat by
  state            TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed')),
  subject_no       INTEGER,  -- the volume that it works on; while open, that one is in use
  made_no          INTEGER,  -- the volume that it makes
  source_root      INTEGER NOT NULL DEFAULT 0,  -- contents that it holds while it is open
  base_root        INTEGER NOT NULL DEFAULT 0,
  target_root      INTEGER NOT NULL DEFAULT 0,
  next_chunk       INTEGER NOT NULL DEFAULT 0,  -- where to go on
  intent           TEXT    NOT NULL CHECK (json_valid(intent)),  -- what else its end needs to know
  is_worked        INTEGER NOT NULL CHECK (is_worked IN (0, 1)),  -- nothing is left but the end
  polls            INTEGER NOT NULL DEFAULT 0,  -- how often it was asked after while open
  progress_percent INTEGER NOT NULL CHECK (progress_percent BETWEEN 0 AND 100),  -- of the work
  is_cancelled     INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelled IN (0, 1)),
  result           TEXT    CHECK (json_valid(result)),  -- JobResult of the model
  error_kind       TEXT,     -- why it failed
  error_message    TEXT,
  started_at_ms    INTEGER NOT NULL,
  ended_at_ms      INTEGER,  -- none: it is open
  CHECK ((ended_at_ms IS NULL) = (state IN ('queued', 'running'))),
  CHECK ((result IS NULL) = (state <> 'succeeded')),
  CHECK ((error_kind IS NULL) = (state <> 'failed'))
) STRICT;
INSERT INTO new_job (job_no, job_id, array_no, operation, kind, request, state, intent, is_worked,
  progress_percent, result, started_at_ms, ended_at_ms)
SELECT job_no, job_id, array_no, operation,
  CASE WHEN result_vvol_id IS NOT NULL THEN 'createVolume'
       WHEN json_extract(request, '$.size') IS NOT NULL THEN 'resizeVolume' ELSE 'applyProfile' END,
  request, 'succeeded', '{}', 1, 100,
  CASE WHEN result_vvol_id IS NULL THEN json_object('kind', 'none')
       ELSE json_object('kind', 'volume', 'vvolId', result_vvol_id) END,
  started_at_ms, ended_at_ms
FROM job;
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'job')
WHERE name = 'new_job' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'job');
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_job', seq FROM sqlite_sequence AS before
WHERE name = 'job' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_job');
DROP TABLE job;
ALTER TABLE new_job RENAME TO job;
CREATE INDEX job_by_end ON job (ended_at_ms);
CREATE INDEX job_by_subject ON job (subject_no) WHERE ended_at_ms IS NULL;

-- The content of volumes in array.db: who shares what. The bytes themselves are in content.data.
-- content_node is a tree over the chunks of a volume; content_chunk is one writing of one chunk, shared
-- by all trees that descend from the tree it was written to; content_block is a place in content.data,
-- shared by all chunks that hold the same bytes. Each counts those who refer to it, and is free at none.
-- Counts of blocks and pools are kept by triggers; those of nodes and chunks by the code, together with
-- the lists of children that they follow from.

-- A place in content.data. Never overwritten while used, nor before the commit that freed it.
CREATE TABLE content_block (
  block_no INTEGER PRIMARY KEY,  -- its bytes begin at (block_no - 1) * 65536
  state    TEXT    NOT NULL CHECK (state IN ('used', 'freed', 'vacant')),  -- freed: by the open transaction
  refs     INTEGER NOT NULL DEFAULT 0 CHECK (refs >= 0),  -- rows of content_chunk
  hash     BLOB    CHECK ((hash IS NOT NULL) = (state = 'used'))  -- SHA-256 of its bytes
) STRICT;
CREATE UNIQUE INDEX content_block_by_hash ON content_block (hash) WHERE hash IS NOT NULL;
CREATE INDEX content_block_freed ON content_block (block_no) WHERE state = 'freed';
CREATE INDEX content_block_vacant ON content_block (block_no) WHERE state = 'vacant';

-- One writing of one chunk.
CREATE TABLE content_chunk (
  chunk_no INTEGER PRIMARY KEY,
  refs     INTEGER NOT NULL CHECK (refs >= 0),  -- lists of children of content_node, level 0
  block_no INTEGER,          -- none: allocated, and all zeros
  pool_no  INTEGER NOT NULL  -- whose space it takes
) STRICT;

-- What a pool (the container of a volume) gives to chunks. Kept wholly by triggers.
CREATE TABLE content_pool (
  pool_no INTEGER PRIMARY KEY,
  chunks  INTEGER NOT NULL CHECK (chunks >= 0)
) STRICT;

-- A node of a tree. Changed in place only while a single holder can reach it. With no refs left it waits
-- to be taken apart, a few in each transaction.
CREATE TABLE content_node (
  node_no  INTEGER PRIMARY KEY,
  level    INTEGER NOT NULL CHECK (level >= 0),  -- 0: children are chunks; else nodes one level lower
  refs     INTEGER NOT NULL CHECK (refs >= 0),   -- lists of children, and holders of it as a root
  chunks   INTEGER NOT NULL CHECK (chunks > 0),  -- allocated at or below it
  children TEXT    NOT NULL CHECK (json_valid(children))  -- one number for each place; 0: hole
) STRICT;
CREATE INDEX content_node_doomed ON content_node (node_no) WHERE refs = 0;

CREATE TRIGGER content_chunk_inserted AFTER INSERT ON content_chunk BEGIN
  UPDATE content_block SET refs = refs + 1 WHERE block_no = NEW.block_no;
  INSERT INTO content_pool (pool_no, chunks) VALUES (NEW.pool_no, 1)
    ON CONFLICT DO UPDATE SET chunks = chunks + 1;
END;
CREATE TRIGGER content_chunk_rewritten AFTER UPDATE OF block_no ON content_chunk BEGIN
  UPDATE content_block SET refs = refs + 1 WHERE block_no = NEW.block_no;
  UPDATE content_block SET refs = refs - 1 WHERE block_no = OLD.block_no;
END;
CREATE TRIGGER content_chunk_unused AFTER UPDATE OF refs ON content_chunk WHEN NEW.refs = 0 BEGIN
  DELETE FROM content_chunk WHERE chunk_no = NEW.chunk_no;
END;
CREATE TRIGGER content_chunk_deleted AFTER DELETE ON content_chunk BEGIN
  UPDATE content_block SET refs = refs - 1 WHERE block_no = OLD.block_no;
  UPDATE content_pool SET chunks = chunks - 1 WHERE pool_no = OLD.pool_no;
END;
CREATE TRIGGER content_block_unused AFTER UPDATE OF refs ON content_block WHEN NEW.refs = 0 BEGIN
  UPDATE content_block SET state = 'freed', hash = NULL WHERE block_no = NEW.block_no;
END;
