-- Which feed of changes it is, so that a reader sees that another one has taken its place.

CREATE TABLE feed (
  feed_no INTEGER PRIMARY KEY CHECK (feed_no = 1),
  feed_id TEXT    NOT NULL CHECK (feed_id <> '')
) STRICT;
INSERT INTO feed VALUES (1, lower(hex(randomblob(16))));
