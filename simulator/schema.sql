-- The present shape of array.db, the state of the simulated array, together with content/schema.sql. A new
-- file is made from these texts; an older one is brought here by migrations/NNNN-what-it-does.sql, one step
-- for each version. The test of migrations holds that both ways lead to the same.
-- Sizes are bytes, times are milliseconds since 1970 UTC. Numbers ending in _no are ours alone and
-- never leave the file; ids are what clients see. Accounts (how many, how much) are kept by triggers,
-- so that no path through the program can forget them.

-- What this file is. One row, written when the file is made, never changed.
CREATE TABLE installation (
  installation_no INTEGER PRIMARY KEY CHECK (installation_no = 1),
  seed            TEXT    NOT NULL,  -- every id of the inventory follows from it
  source          TEXT    NOT NULL CHECK (json_valid(source)),  -- preset or inventory it was made from
  made_at_ms      INTEGER NOT NULL,
  applied         TEXT    CHECK (json_valid(applied))  -- the inventory that it was last changed to
) STRICT;

-- The last number that was given to a thing of this kind, so that none is given again.
CREATE TABLE last_number (
  array_no INTEGER NOT NULL REFERENCES array,
  kind     TEXT    NOT NULL,  -- as in ids
  number   INTEGER NOT NULL CHECK (number > 0),
  PRIMARY KEY (array_no, kind)
) STRICT, WITHOUT ROWID;

-- A storage array. Written with the inventory.
CREATE TABLE array (
  array_no                  INTEGER PRIMARY KEY,
  array_id                  TEXT    NOT NULL UNIQUE,
  name                      TEXT    NOT NULL,
  priority                  INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 255),
  bindings_per_host_max     INTEGER NOT NULL CHECK (bindings_per_host_max > 0),
  snapshots_per_volume_max  INTEGER NOT NULL CHECK (snapshots_per_volume_max > 0),
  health                    TEXT    NOT NULL DEFAULT 'healthy'
    CHECK (health IN ('healthy', 'degraded', 'failed'))
) STRICT;

-- Where space comes from. Written with the inventory; its account by the triggers on volume and classic.
-- What chunks of content take of it is in content_pool under its number.
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

-- A controller. Written with the inventory.
CREATE TABLE processor (
  processor_no INTEGER PRIMARY KEY,
  processor_id TEXT    NOT NULL UNIQUE,
  array_no     INTEGER NOT NULL REFERENCES array,
  identifiers  TEXT    NOT NULL CHECK (json_valid(identifiers)),  -- list of strings
  health       TEXT    NOT NULL DEFAULT 'healthy' CHECK (health IN ('healthy', 'degraded', 'failed'))
) STRICT;

-- A target port of a controller. Written with the inventory.
CREATE TABLE port (
  port_no      INTEGER PRIMARY KEY,
  port_id      TEXT    NOT NULL UNIQUE,
  processor_no INTEGER NOT NULL REFERENCES processor,
  protocol     TEXT    NOT NULL CHECK (protocol IN ('FC', 'ISCSI', 'FCoE')),
  facts        TEXT    NOT NULL CHECK (json_valid(facts)),  -- its names
  health       TEXT    NOT NULL DEFAULT 'healthy' CHECK (health IN ('healthy', 'degraded', 'failed'))
) STRICT;

-- A label of LUNs and file systems. Written with the inventory.
CREATE TABLE label (
  label_no INTEGER PRIMARY KEY,
  label_id TEXT    NOT NULL UNIQUE,
  array_no INTEGER NOT NULL REFERENCES array,
  name     TEXT    NOT NULL,
  detail   TEXT    NOT NULL
) STRICT;

-- A LUN or file system of a classic datastore. Written with the inventory; how much is used, by the operator.
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

-- Who is let at what. Written with the inventory; an array that has none lets everybody at everything.
CREATE TABLE host_group (
  array_no INTEGER NOT NULL REFERENCES array,
  name     TEXT    NOT NULL,
  plan     TEXT    NOT NULL CHECK (json_valid(plan)),  -- as in the inventory
  PRIMARY KEY (array_no, name)
) STRICT, WITHOUT ROWID;

-- A storage container. Written with the inventory; its accounts by the triggers on volume.
CREATE TABLE container (
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
CREATE INDEX container_by_pool ON container (pool_no);

-- A protocol endpoint. Written with the inventory; binding_count by the triggers on binding.
CREATE TABLE endpoint (
  endpoint_no            INTEGER PRIMARY KEY,
  endpoint_id            TEXT    NOT NULL UNIQUE,
  array_no               INTEGER NOT NULL REFERENCES array,
  protocol               TEXT    NOT NULL CHECK (protocol IN ('SCSI', 'NFS', 'NFS4x')),
  in_band_id             TEXT    NOT NULL UNIQUE CHECK (json_valid(in_band_id)),  -- InBandId of the model
  transport_ip_addresses TEXT    NOT NULL CHECK (json_valid(transport_ip_addresses)),  -- list of strings
  is_online              INTEGER NOT NULL DEFAULT 1 CHECK (is_online IN (0, 1)),
  last_secondary_no      INTEGER NOT NULL DEFAULT 0,  -- only rises: no secondary id is ever used again
  binding_count          INTEGER NOT NULL DEFAULT 0 CHECK (binding_count >= 0)
) STRICT;
-- The endpoint with fewest bindings first.
CREATE INDEX endpoint_by_load ON endpoint (array_no, protocol, is_online, binding_count, endpoint_no);

-- A virtual volume. Of 'live' ones clients know; 'making': a job makes it; 'prepared': a snapshot to come.
CREATE TABLE volume (
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
  profile_asked      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(profile_asked)),  -- of the profile: list of CapabilityValue
  given_no           INTEGER REFERENCES given,  -- what it is given; none: by default
  CHECK ((profile_id IS NULL) = (profile_generation IS NULL)
     AND (profile_id IS NULL) = (profile_document IS NULL)),
  CHECK ((origin = 'created') = (origin_vvol_id IS NULL)
     AND (origin = 'created') = (parent_no IS NULL))
) STRICT;
-- For the dropping of lists that no volume is given any more.
CREATE INDEX volume_by_given ON volume (given_no) WHERE given_no IS NOT NULL;
CREATE INDEX volume_by_container ON volume (container_no);
CREATE INDEX volume_by_parent ON volume (parent_no) WHERE parent_no IS NOT NULL;
CREATE INDEX volume_prepared ON volume (created_at_ms) WHERE state = 'prepared';

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

-- One metadata pair of a volume. Written by createVolume and updateMetadata, dies with its volume.
CREATE TABLE metadata (
  volume_no  INTEGER NOT NULL REFERENCES volume ON DELETE CASCADE,
  key_folded TEXT    NOT NULL CHECK (key_folded <> ''),  -- the key in lower case: keys ignore case
  key        TEXT    NOT NULL,  -- as given
  value      TEXT    NOT NULL,  -- as given
  PRIMARY KEY (volume_no, key_folded)
) STRICT, WITHOUT ROWID;
-- Volumes that have this key, and volumes that have this value, both in order of creation. Values are
-- indexed by their first 128 characters, since descriptors of many kilobytes are among them.
CREATE INDEX metadata_by_key ON metadata (key_folded, volume_no);
CREATE INDEX metadata_by_value ON metadata (key_folded, substr(value, 1, 128), volume_no);

-- A host that holds bindings. Kept wholly by the triggers on binding; dies with the last one.
CREATE TABLE host (
  host_id       TEXT    NOT NULL PRIMARY KEY,
  binding_count INTEGER NOT NULL CHECK (binding_count >= 0)
) STRICT, WITHOUT ROWID;

-- The data path of one volume for one host. Written by bind, ended only by the unbind family.
CREATE TABLE binding (
  binding_no   INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises: oldest first
  volume_no    INTEGER NOT NULL REFERENCES volume,  -- no cascade: a bound volume cannot be deleted
  host_id      TEXT    NOT NULL,
  endpoint_no  INTEGER NOT NULL REFERENCES endpoint,
  secondary_id TEXT    NOT NULL,  -- SCSI: own to the binding; NFS: own to the volume
  state        TEXT    NOT NULL CHECK (state IN ('bound', 'moving')),
  bound_at_ms  INTEGER NOT NULL,
  UNIQUE (endpoint_no, secondary_id, host_id)
) STRICT;
CREATE INDEX binding_by_volume ON binding (volume_no, host_id);
CREATE INDEX binding_by_host ON binding (host_id);
-- Of one host's bindings of a volume, one is the present one; others are being moved away from.
CREATE UNIQUE INDEX binding_present ON binding (volume_no, host_id) WHERE state = 'bound';

CREATE TRIGGER binding_inserted AFTER INSERT ON binding BEGIN
  UPDATE endpoint SET binding_count = binding_count + 1 WHERE endpoint_no = NEW.endpoint_no;
  INSERT INTO host (host_id, binding_count) VALUES (NEW.host_id, 1)
    ON CONFLICT DO UPDATE SET binding_count = binding_count + 1;
END;
CREATE TRIGGER binding_deleted AFTER DELETE ON binding BEGIN
  UPDATE endpoint SET binding_count = binding_count - 1 WHERE endpoint_no = OLD.endpoint_no;
  UPDATE host SET binding_count = binding_count - 1 WHERE host_id = OLD.host_id;
  DELETE FROM host WHERE host_id = OLD.host_id AND binding_count = 0;
END;

-- A move of a volume's bindings that a host is to be ready for. Written by prepareBindingChange.
CREATE TABLE binding_change (
  volume_no           INTEGER PRIMARY KEY REFERENCES volume ON DELETE CASCADE,
  destination_host_id TEXT    NOT NULL,
  prepared_at_ms      INTEGER NOT NULL
) STRICT;

-- Work that was asked for under an id. Written in the transaction that begins it, so that it is ended by
-- whoever opens the file next; cut away by age and number once it has ended.
CREATE TABLE job (
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
CREATE INDEX job_by_end ON job (ended_at_ms);
CREATE INDEX job_by_subject ON job (subject_no) WHERE ended_at_ms IS NULL;

-- The feed of changes. Written in the transaction of the change itself; the oldest are cut away.
CREATE TABLE change (
  sequence     INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises by one, never used again
  at_ms        INTEGER NOT NULL,
  array_no     INTEGER NOT NULL REFERENCES array,
  kind         TEXT    NOT NULL CHECK (kind IN ('new', 'update', 'delete', 'rebind')),
  entity       TEXT    NOT NULL CHECK (entity IN ('StorageArray', 'StorageProcessor', 'StoragePort',
    'StorageLun', 'StorageFileSystem', 'StorageCapability', 'StorageContainer', 'BackingStoragePool',
    'ProtocolEndpoint', 'VirtualVolumeInfo', 'CapabilitySchema', 'CapabilityProfile', 'DefaultProfile',
    'ResourceAssociation')),
  entity_id    TEXT    NOT NULL,
  container_id TEXT,
  host_id      TEXT,     -- for rebind: the host to tell
  vvol_ids     TEXT    NOT NULL CHECK (json_valid(vvol_ids))  -- for rebind: its volumes; else empty
) STRICT;

-- What volumes are given, each list once, since many have the same. One that no volume has any more goes when
-- there are many.
CREATE TABLE given (
  given_no INTEGER PRIMARY KEY,
  content  TEXT    NOT NULL UNIQUE CHECK (json_valid(content))  -- list of CapabilityValue
) STRICT;

-- What the array has declared of storage policies, as it last told of it. Compared with the declaration at
-- each opening.
CREATE TABLE policy (
  kind       TEXT    NOT NULL CHECK (kind IN ('CapabilitySchema', 'CapabilityProfile', 'DefaultProfile')),
  policy_id  TEXT    NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),  -- rises with each change; never used again
  content    TEXT    CHECK (json_valid(content)),  -- none: not declared any more
  containers TEXT    NOT NULL CHECK (json_valid(containers)),  -- ids of those it is of
  PRIMARY KEY (kind, policy_id)
) STRICT, WITHOUT ROWID;

-- Which provider of an active/passive group serves the array. Written by each take-over; none: nobody was
-- ever activated for it.
CREATE TABLE active_provider (
  array_no    INTEGER PRIMARY KEY REFERENCES array,
  provider_id TEXT    NOT NULL,  -- its uid
  url         TEXT    NOT NULL,  -- where clients reach it
  term        INTEGER NOT NULL CHECK (term > 0)  -- rises with each take-over
) STRICT;

-- Which feed it is. One row: random, made anew when the feed does not go on from what it was before.
CREATE TABLE feed (
  feed_no INTEGER PRIMARY KEY CHECK (feed_no = 1),
  feed_id TEXT    NOT NULL CHECK (feed_id <> '')
) STRICT;
INSERT INTO feed VALUES (1, lower(hex(randomblob(16))));
