-- The whole present shape of provider.db, to be read as a document. A test proves that an empty database
-- with all of migrations/ applied has exactly this shape; change both together.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z, UTC. Certificates and CRLs are DER. No private key
-- and no password is ever stored here. What belongs to the array (volumes, bindings) is not here.

-- This installation. One row, made when the database is made, never changed but for opened_by.
CREATE TABLE installation (
  installation_id INTEGER NOT NULL PRIMARY KEY CHECK (installation_id = 1),
  -- VasaProviderInfo.uid: a UUID, the same for ever.
  uid TEXT NOT NULL CHECK (length(uid) = 36),
  created_at_ms INTEGER NOT NULL,
  -- Release signature of the program that opened the database last, for whoever is sent a copy of it.
  opened_by TEXT
) STRICT;

-- A user who may register a vCenter. Written by the CLI and on first start; dies by the CLI.
CREATE TABLE user (
  user_name TEXT NOT NULL PRIMARY KEY CHECK (length(user_name) BETWEEN 1 AND 255),
  -- scrypt parameters, salt and hash in one text form (src/trust/users.ts).
  password_hash TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

-- What one registration call brought: one vCenter's, or that of several whose CA roots are the same. Written
-- by the registration calls; dies when the last of its vCenters unregisters, or by the CLI.
CREATE TABLE registration (
  registration_id TEXT NOT NULL PRIMARY KEY,
  -- registerVASACertificate: certificate; registerCACertificatesAndCRLs: authorities.
  kind TEXT NOT NULL CHECK (kind IN ('certificate', 'authorities')),
  -- Who gave the credentials; no foreign key, the user may be removed and the registration stays.
  user_name TEXT NOT NULL,
  -- Where the registration call came from.
  peer_address TEXT NOT NULL,
  -- UsageContext.vcGuid of each vCenter with sessions under this registration, a JSON list; empty until then.
  vcenter_ids TEXT NOT NULL CHECK (json_type(vcenter_ids) = 'array'),
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

-- A certificate that a registration makes trusted: a CA root, or one client's own certificate. The same
-- certificate may stand under several registrations.
CREATE TABLE registration_certificate (
  registration_id TEXT NOT NULL REFERENCES registration (registration_id) ON DELETE CASCADE,
  -- SHA-256 of der, 64 lower-case hex digits.
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  der BLOB NOT NULL,
  -- Place in the list as the client sent it, from 0.
  position INTEGER NOT NULL,
  PRIMARY KEY (registration_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- A certificate revocation list of a registration.
CREATE TABLE registration_crl (
  registration_id TEXT NOT NULL REFERENCES registration (registration_id) ON DELETE CASCADE,
  -- Place in the list, from 0.
  position INTEGER NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY (registration_id, position)
) STRICT, WITHOUT ROWID;

-- The certificate that TLS serves, without its key. One row once the first start has made it.
CREATE TABLE provider_certificate (
  provider_certificate_id INTEGER NOT NULL PRIMARY KEY CHECK (provider_certificate_id = 1),
  -- PEM, leaf first.
  chain TEXT NOT NULL,
  installed_by TEXT NOT NULL CHECK (installed_by IN ('self-signed', 'operator', 'registration')),
  -- The registration that installed it. No foreign key: it may be gone, then nobody holds it.
  registration_id TEXT,
  installed_at_ms INTEGER NOT NULL,
  CHECK ((installed_by = 'registration') = (registration_id IS NOT NULL))
) STRICT;

-- A notice that was given once and is not to be repeated after a restart, such as "expires in 30 days".
-- The oldest die when there are more than limits.noticesKept.
CREATE TABLE notice (
  notice_id INTEGER PRIMARY KEY,
  -- What the notice was about and which it was, e.g. expiry/<fingerprint>/30.
  notice_key TEXT NOT NULL UNIQUE,
  given_at_ms INTEGER NOT NULL
) STRICT;

-- An event as clients number it. Written from the array's feed of changes and by the provider itself;
-- the oldest die when there are more than limits.eventsKept.
CREATE TABLE storage_event (
  event_id INTEGER NOT NULL PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  -- A change of the array, or a message of the provider's own.
  kind TEXT NOT NULL CHECK (kind IN ('change', 'system')),
  -- JSON of the rest; 64-bit numbers as strings of digits.
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- Where numbering stands. One row, made with the installation.
CREATE TABLE event_numbering (
  event_numbering_id INTEGER NOT NULL PRIMARY KEY CHECK (event_numbering_id = 1),
  -- The next event's id. Starts at the second of creation times 2^20, so that every id that a lost
  -- database ever gave out is below the first id of its successor.
  next_event_id INTEGER NOT NULL,
  -- Sequence of the last change of the array's feed that has an event; 0 at the start.
  feed_position INTEGER NOT NULL CHECK (feed_position >= 0)
) STRICT;

-- What became of alarms, in order: each raising, change and end. The oldest die when there are more than
-- limits.alarmsKept; clients further behind get LostAlarm.
CREATE TABLE alarm_log (
  alarm_id INTEGER NOT NULL PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  -- JSON of the alarm.
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- The alarms that are not Green at the moment, each as its last entry in the log says, which may be gone.
CREATE TABLE active_alarm (
  -- Type, kind of object and object.
  alarm_key TEXT NOT NULL PRIMARY KEY,
  alarm_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- Where the numbering of alarms stands. One row, made with the installation.
CREATE TABLE alarm_numbering (
  alarm_numbering_id INTEGER NOT NULL PRIMARY KEY CHECK (alarm_numbering_id = 1),
  -- The next alarm's id. Starts where that of events does, and for the same reason.
  next_alarm_id INTEGER NOT NULL,
  -- The last event whose volume has been looked at for compliance.
  judged_event_id INTEGER NOT NULL
) STRICT;

-- The last record of the audit trail, which is a file of its own: so a trail whose end was cut off is found out.
-- No row until the first record.
CREATE TABLE audit_head (
  audit_head_id INTEGER NOT NULL PRIMARY KEY CHECK (audit_head_id = 1),
  -- Number of the record, and its SHA-256 in hex.
  seq INTEGER NOT NULL CHECK (seq > 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
