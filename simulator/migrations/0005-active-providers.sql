-- Which provider of an active/passive group serves each array, kept by the array so that it outlives them.
CREATE TABLE active_provider (
  array_no    INTEGER PRIMARY KEY REFERENCES array,
  provider_id TEXT    NOT NULL,
  url         TEXT    NOT NULL,
  term        INTEGER NOT NULL CHECK (term > 0)
) STRICT;
