-- From shape 2 to 3: space comes from pools, which containers share; there are controllers, ports, LUNs, file
-- systems, their labels, and masking. Each container that there was has a pool of its own, under its number, so
-- that content need not be touched.

DROP TRIGGER volume_inserted;
DROP TRIGGER volume_changed;
DROP TRIGGER volume_deleted;

ALTER TABLE installation ADD COLUMN applied TEXT CHECK (json_valid(applied));
ALTER TABLE array ADD COLUMN health TEXT NOT NULL DEFAULT 'healthy'
  CHECK (health IN ('healthy', 'degraded', 'failed'));

CREATE TABLE last_number (
  array_no INTEGER NOT NULL REFERENCES array,
  kind     TEXT    NOT NULL,  -- as in ids
  number   INTEGER NOT NULL CHECK (number > 0),
  PRIMARY KEY (array_no, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE pool (
  pool_no                       INTEGER PRIMARY KEY,
  pool_id                       TEXT    NOT NULL UNIQUE,
  array_no                      INTEGER NOT NULL REFERENCES array,
  name                          TEXT    NOT NULL,
  kind                          TEXT    NOT NULL
    CHECK (kind IN ('ThinProvisioning', 'Deduplication', 'ThinAndDeduplication')),
  medium                        TEXT    NOT NULL CHECK (medium IN ('flash', 'spinning')),
  has_tiers                     INTEGER NOT NULL CHECK (has_tiers IN (0, 1)),
  deduplication_efficiency      INTEGER NOT NULL CHECK (deduplication_efficiency BETWEEN 0 AND 100),
  optimization_interval_seconds INTEGER NOT NULL CHECK (optimization_interval_seconds >= 0),
  health                        TEXT    NOT NULL DEFAULT 'healthy'
    CHECK (health IN ('healthy', 'degraded', 'failed')),
  capacity_bytes                INTEGER NOT NULL CHECK (capacity_bytes > 0),
  reserved_bytes                INTEGER NOT NULL DEFAULT 0  -- kept for volumes, and held by LUNs and file systems
    CHECK (reserved_bytes BETWEEN 0 AND capacity_bytes)
) STRICT;

CREATE TABLE processor (
  processor_no INTEGER PRIMARY KEY,
  processor_id TEXT    NOT NULL UNIQUE,
  array_no     INTEGER NOT NULL REFERENCES array,
  identifiers  TEXT    NOT NULL CHECK (json_valid(identifiers)),  -- list of strings
  health       TEXT    NOT NULL DEFAULT 'healthy' CHECK (health IN ('healthy', 'degraded', 'failed'))
) STRICT;

CREATE TABLE port (
  port_no      INTEGER PRIMARY KEY,
  port_id      TEXT    NOT NULL UNIQUE,
  processor_no INTEGER NOT NULL REFERENCES processor,
  protocol     TEXT    NOT NULL CHECK (protocol IN ('FC', 'ISCSI', 'FCoE')),
  facts        TEXT    NOT NULL CHECK (json_valid(facts)),  -- its names
  health       TEXT    NOT NULL DEFAULT 'healthy' CHECK (health IN ('healthy', 'degraded', 'failed'))
) STRICT;

CREATE TABLE label (
  label_no INTEGER PRIMARY KEY,
  label_id TEXT    NOT NULL UNIQUE,
  array_no INTEGER NOT NULL REFERENCES array,
  name     TEXT    NOT NULL,
  detail   TEXT    NOT NULL
) STRICT;

CREATE TABLE classic (
  classic_no       INTEGER PRIMARY KEY,
  classic_id       TEXT    NOT NULL UNIQUE,
  kind             TEXT    NOT NULL CHECK (kind IN ('StorageLun', 'StorageFileSystem')),
  array_no         INTEGER NOT NULL REFERENCES array,
  pool_no          INTEGER NOT NULL REFERENCES pool,
  label_no         INTEGER REFERENCES label,
  name             TEXT    NOT NULL,
  is_thin          INTEGER NOT NULL CHECK (is_thin IN (0, 1)),
  is_drs_permitted INTEGER NOT NULL CHECK (is_drs_permitted IN (0, 1)),
  facts            TEXT    NOT NULL CHECK (json_valid(facts)),  -- what only its kind has
  health           TEXT    NOT NULL DEFAULT 'healthy' CHECK (health IN ('healthy', 'degraded', 'failed')),
  capacity_bytes   INTEGER NOT NULL CHECK (capacity_bytes > 0),
  used_bytes       INTEGER NOT NULL CHECK (used_bytes BETWEEN 0 AND capacity_bytes)
) STRICT;

CREATE TRIGGER classic_inserted AFTER INSERT ON classic BEGIN
  UPDATE pool SET reserved_bytes = reserved_bytes + iif(NEW.is_thin, NEW.used_bytes, NEW.capacity_bytes)
  WHERE pool_no = NEW.pool_no;
END;
CREATE TRIGGER classic_changed AFTER UPDATE OF pool_no, is_thin, capacity_bytes, used_bytes ON classic BEGIN
  UPDATE pool SET reserved_bytes = reserved_bytes - iif(OLD.is_thin, OLD.used_bytes, OLD.capacity_bytes)
  WHERE pool_no = OLD.pool_no;
  UPDATE pool SET reserved_bytes = reserved_bytes + iif(NEW.is_thin, NEW.used_bytes, NEW.capacity_bytes)
  WHERE pool_no = NEW.pool_no;
END;
CREATE TRIGGER classic_deleted AFTER DELETE ON classic BEGIN
  UPDATE pool SET reserved_bytes = reserved_bytes - iif(OLD.is_thin, OLD.used_bytes, OLD.capacity_bytes)
  WHERE pool_no = OLD.pool_no;
END;

CREATE TABLE host_group (
  array_no INTEGER NOT NULL REFERENCES array,
  name     TEXT    NOT NULL,
  plan     TEXT    NOT NULL CHECK (json_valid(plan)),  -- as in the inventory
  PRIMARY KEY (array_no, name)
) STRICT, WITHOUT ROWID;

INSERT INTO pool (pool_no, pool_id, array_no, name, kind, medium, has_tiers, deduplication_efficiency,
  optimization_interval_seconds, capacity_bytes, reserved_bytes)
SELECT container_no,
  array_id || ':BackingStoragePool:' || row_number() OVER (PARTITION BY array_no ORDER BY container_no),
  array_no, container.name, 'ThinProvisioning', 'flash', 0, 50, 0, physical_total_bytes, reserved_bytes
FROM container JOIN array USING (array_no);

CREATE TABLE new_container (
  container_no         INTEGER PRIMARY KEY,
  container_id         TEXT    NOT NULL UNIQUE,  -- UUID, lower case
  array_no             INTEGER NOT NULL REFERENCES array,
  pool_no              INTEGER NOT NULL REFERENCES pool,
  name                 TEXT    NOT NULL,
  protocol             TEXT    NOT NULL CHECK (protocol IN ('SCSI', 'NFS', 'NFS4x')),
  max_volume_bytes     INTEGER NOT NULL CHECK (max_volume_bytes > 0),
  logical_limit_bytes  INTEGER NOT NULL CHECK (logical_limit_bytes >= 0),  -- 0: promise without bound
  volume_count         INTEGER NOT NULL DEFAULT 0 CHECK (volume_count >= 0),
  logical_used_bytes   INTEGER NOT NULL DEFAULT 0  -- sum of the volumes' sizes
    CHECK (logical_used_bytes >= 0
      AND (logical_limit_bytes = 0 OR logical_used_bytes <= logical_limit_bytes))
) STRICT;
INSERT INTO new_container SELECT container_no, container_id, array_no, container_no, name, protocol,
  max_volume_bytes, logical_limit_bytes, volume_count, logical_used_bytes
FROM container;
DROP TABLE container;
ALTER TABLE new_container RENAME TO container;
CREATE INDEX container_by_pool ON container (pool_no);

INSERT INTO last_number SELECT array_no, 'StorageContainer', count(*) FROM container GROUP BY array_no;
INSERT INTO last_number SELECT array_no, 'BackingStoragePool', count(*) FROM pool GROUP BY array_no;
INSERT INTO last_number SELECT array_no, 'ProtocolEndpoint', count(*) FROM endpoint GROUP BY array_no;

CREATE TRIGGER volume_inserted AFTER INSERT ON volume BEGIN
  UPDATE container SET volume_count = volume_count + 1,
    logical_used_bytes = logical_used_bytes + NEW.size_bytes
  WHERE container_no = NEW.container_no;
  UPDATE pool SET reserved_bytes = reserved_bytes + max(0, NEW.guaranteed_bytes - NEW.committed_bytes)
  WHERE pool_no = (SELECT pool_no FROM container WHERE container_no = NEW.container_no);
END;
CREATE TRIGGER volume_resized AFTER UPDATE OF size_bytes ON volume BEGIN
  UPDATE container SET logical_used_bytes = logical_used_bytes + NEW.size_bytes - OLD.size_bytes
  WHERE container_no = NEW.container_no;
END;
CREATE TRIGGER volume_filled AFTER UPDATE OF committed_bytes, guaranteed_bytes ON volume
WHEN max(0, NEW.guaranteed_bytes - NEW.committed_bytes) <> max(0, OLD.guaranteed_bytes - OLD.committed_bytes)
BEGIN
  UPDATE pool SET reserved_bytes = reserved_bytes + max(0, NEW.guaranteed_bytes - NEW.committed_bytes)
    - max(0, OLD.guaranteed_bytes - OLD.committed_bytes)
  WHERE pool_no = (SELECT pool_no FROM container WHERE container_no = NEW.container_no);
END;
CREATE TRIGGER volume_deleted AFTER DELETE ON volume BEGIN
  UPDATE container SET volume_count = volume_count - 1,
    logical_used_bytes = logical_used_bytes - OLD.size_bytes
  WHERE container_no = OLD.container_no;
  UPDATE pool SET reserved_bytes = reserved_bytes - max(0, OLD.guaranteed_bytes - OLD.committed_bytes)
  WHERE pool_no = (SELECT pool_no FROM container WHERE container_no = OLD.container_no);
END;
