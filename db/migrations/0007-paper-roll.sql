-- release 1

-- What has been taken from the roll that is in the printer. Nobody has told of a roll before the first change.
CREATE TABLE paper_roll (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  changed_at_ms INTEGER,
  changed_by TEXT,
  slips INTEGER NOT NULL CHECK (slips >= 0)
) STRICT;
