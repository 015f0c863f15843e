-- release 1

-- What was found when a cassette was opened; a later count replaces what an earlier one said, the journal keeps both.
CREATE TABLE cash_count (
  period_serial INTEGER PRIMARY KEY REFERENCES period (serial),
  counted_by TEXT NOT NULL,
  counted_at_ms INTEGER NOT NULL,
  -- Value and number of notes: a JSON array, largest first.
  counts TEXT NOT NULL
) STRICT;

-- How a cassette travelled.
CREATE TABLE cash_seal (
  period_serial INTEGER PRIMARY KEY REFERENCES period (serial),
  seal_number TEXT NOT NULL,
  bag_number TEXT NOT NULL
) STRICT;
