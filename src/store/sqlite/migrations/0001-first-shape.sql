-- 0001: the first shape. Described in ../schema.sql.
CREATE TABLE installation (
  installation_id INTEGER NOT NULL PRIMARY KEY CHECK (installation_id = 1),
  uid TEXT NOT NULL CHECK (length(uid) = 36),
  created_at_ms INTEGER NOT NULL,
  opened_by TEXT
) STRICT;

CREATE TABLE user (
  user_name TEXT NOT NULL PRIMARY KEY CHECK (length(user_name) BETWEEN 1 AND 255),
  password_hash TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE registration (
  registration_id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('certificate', 'authorities')),
  user_name TEXT NOT NULL,
  peer_address TEXT NOT NULL,
  vcenter_ids TEXT NOT NULL CHECK (json_type(vcenter_ids) = 'array'),
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE registration_certificate (
  registration_id TEXT NOT NULL REFERENCES registration (registration_id) ON DELETE CASCADE,
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  der BLOB NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (registration_id, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE registration_crl (
  registration_id TEXT NOT NULL REFERENCES registration (registration_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY (registration_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_certificate (
  provider_certificate_id INTEGER NOT NULL PRIMARY KEY CHECK (provider_certificate_id = 1),
  chain TEXT NOT NULL,
  installed_by TEXT NOT NULL CHECK (installed_by IN ('self-signed', 'operator', 'registration')),
  registration_id TEXT,
  installed_at_ms INTEGER NOT NULL,
  CHECK ((installed_by = 'registration') = (registration_id IS NOT NULL))
) STRICT;

CREATE TABLE notice (
  notice_id INTEGER PRIMARY KEY,
  notice_key TEXT NOT NULL UNIQUE,
  given_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE storage_event (
  event_id INTEGER NOT NULL PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('change', 'system')),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE event_numbering (
  event_numbering_id INTEGER NOT NULL PRIMARY KEY CHECK (event_numbering_id = 1),
  next_event_id INTEGER NOT NULL,
  feed_position INTEGER NOT NULL CHECK (feed_position >= 0)
) STRICT;
