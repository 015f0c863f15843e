-- release 1

-- What a technician asks about first, found without walking over every note.
CREATE INDEX journal_event ON journal (sequence) WHERE kind IN ('terminal-started', 'terminal-stopped',
  'acceptor-seen', 'alarm-raised', 'alarm-ended', 'staff-signed-in', 'period-closed');

-- A collector's work at one cassette, from the frozen counters to the next cassette's number.
CREATE TABLE collection (
  period_serial INTEGER PRIMARY KEY REFERENCES period (serial),
  begun_by TEXT NOT NULL,
  begun_at_ms INTEGER NOT NULL,
  -- The acceptor said that the cassette was out, or the collector did.
  emptied_at_ms INTEGER,
  ended_at_ms INTEGER,
  cassette_number TEXT,
  CHECK ((ended_at_ms IS NULL) = (cassette_number IS NULL)),
  CHECK (ended_at_ms IS NULL OR emptied_at_ms IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX collection_one_open ON collection ((1)) WHERE ended_at_ms IS NULL;

-- Slips of collections; like receipts, only the first that may have come out is an original.
CREATE TABLE slip (
  serial INTEGER PRIMARY KEY,
  print_id TEXT NOT NULL UNIQUE,
  period_serial INTEGER NOT NULL REFERENCES period (serial),
  copy INTEGER NOT NULL CHECK (copy IN (0, 1)),
  outcome TEXT CHECK (outcome IN ('printed', 'failed', 'unknown')),
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX slip_open ON slip (serial) WHERE outcome IS NULL;
CREATE UNIQUE INDEX slip_one_original ON slip (period_serial)
  WHERE copy = 0 AND (outcome IS NULL OR outcome <> 'failed');
