-- 0002: alarms. Described in ../schema.sql.
CREATE TABLE alarm_log (
  alarm_id INTEGER NOT NULL PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE active_alarm (
  alarm_key TEXT NOT NULL PRIMARY KEY,
  alarm_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE alarm_numbering (
  alarm_numbering_id INTEGER NOT NULL PRIMARY KEY CHECK (alarm_numbering_id = 1),
  next_alarm_id INTEGER NOT NULL,
  judged_event_id INTEGER NOT NULL
) STRICT;

INSERT INTO alarm_numbering (alarm_numbering_id, next_alarm_id, judged_event_id)
  SELECT 1, next_event_id, next_event_id - 1 FROM event_numbering;
