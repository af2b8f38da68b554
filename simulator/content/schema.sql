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

-- What a pool (of ../schema.sql) gives to chunks. Kept wholly by triggers.
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
