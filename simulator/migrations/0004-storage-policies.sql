-- Volumes keep what is asked for them and what they are given; the array keeps what it has declared, to tell
-- when that changes; the feed tells of every kind of thing that there is.

ALTER TABLE volume ADD COLUMN profile_asked TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(profile_asked));
ALTER TABLE volume ADD COLUMN given_no INTEGER REFERENCES given;

CREATE TABLE given (
  given_no INTEGER PRIMARY KEY,
  content  TEXT    NOT NULL UNIQUE CHECK (json_valid(content))
) STRICT;
CREATE INDEX volume_by_given ON volume (given_no) WHERE given_no IS NOT NULL;

CREATE TABLE policy (
  kind       TEXT    NOT NULL CHECK (kind IN ('CapabilitySchema', 'CapabilityProfile', 'DefaultProfile')),
  policy_id  TEXT    NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  content    TEXT    CHECK (json_valid(content)),
  containers TEXT    NOT NULL CHECK (json_valid(containers)),
  PRIMARY KEY (kind, policy_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE new_change (
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
INSERT INTO new_change SELECT * FROM change;
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'change')
WHERE name = 'new_change' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'change');
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_change', seq FROM sqlite_sequence AS before
WHERE name = 'change' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_change');
DROP TABLE change;
ALTER TABLE new_change RENAME TO change;
