-- 0003: the end of the audit trail. Described in ../schema.sql.
CREATE TABLE audit_head (
  audit_head_id INTEGER NOT NULL PRIMARY KEY CHECK (audit_head_id = 1),
  seq INTEGER NOT NULL CHECK (seq > 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
