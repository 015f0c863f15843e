-- release 1

-- The truth (money rule M8). Rows are only ever added, each bound to the one before by its hash.
CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  format INTEGER NOT NULL CHECK (format >= 1),
  wall_ms INTEGER NOT NULL CHECK (wall_ms >= 0),
  kind TEXT NOT NULL CHECK (kind <> ''),
  payload TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Also what stops INSERT OR REPLACE, which would delete without waking the trigger above.
CREATE TRIGGER journal_refuses_gap BEFORE INSERT ON journal
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'journal rows follow one another without a gap'); END;

-- A signed statement that the chain up to here was walked and what the projections then said.
CREATE TABLE sealed_checkpoint (
  sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
  head BLOB NOT NULL CHECK (length(head) = 32),
  projections BLOB NOT NULL CHECK (length(projections) = 32),
  seal BLOB NOT NULL CHECK (length(seal) > 0)
) STRICT;

CREATE TRIGGER sealed_checkpoint_refuses_update BEFORE UPDATE ON sealed_checkpoint
BEGIN SELECT RAISE(ABORT, 'a sealed checkpoint never changes'); END;

CREATE TRIGGER sealed_checkpoint_refuses_delete BEFORE DELETE ON sealed_checkpoint
BEGIN SELECT RAISE(ABORT, 'a sealed checkpoint never changes'); END;

-- The one erasable table (money rule M13): with the row its salt goes too, and the hash in the journal says nothing.
CREATE TABLE phone (
  wallet_hash TEXT PRIMARY KEY CHECK (length(wallet_hash) = 64),
  phone TEXT NOT NULL UNIQUE,
  salt BLOB NOT NULL CHECK (length(salt) = 16)
) STRICT, WITHOUT ROWID;

-- Everything below is worked out from the journal and can be made again from it.

CREATE TABLE terminal_run (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  running INTEGER NOT NULL CHECK (running IN (0, 1)),
  build TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  -- Of the last five starts after an unclean stop, since the last clean one: a JSON array, oldest first.
  unclean_starts_ms TEXT NOT NULL
) STRICT;

CREATE TABLE period (
  serial INTEGER PRIMARY KEY,
  period_id TEXT NOT NULL UNIQUE,
  period_number INTEGER NOT NULL UNIQUE CHECK (period_number >= 0),
  opened_at_ms INTEGER NOT NULL,
  closed_at_ms INTEGER,
  how TEXT CHECK (how IN ('collected', 'unannounced')),
  CHECK ((closed_at_ms IS NULL) = (how IS NULL))
) STRICT;

CREATE UNIQUE INDEX period_one_open ON period ((1)) WHERE how IS NULL;

-- Notes that are in this cassette beyond doubt (money rule M11).
CREATE TABLE period_count (
  period_serial INTEGER NOT NULL REFERENCES period (serial),
  value_minor INTEGER NOT NULL CHECK (value_minor > 0),
  note_count INTEGER NOT NULL CHECK (note_count > 0),
  PRIMARY KEY (period_serial, value_minor)
) STRICT, WITHOUT ROWID;

CREATE TABLE operation (
  serial INTEGER PRIMARY KEY,
  operation_id TEXT NOT NULL UNIQUE,
  operation_number TEXT NOT NULL UNIQUE,
  wallet_hash TEXT NOT NULL CHECK (length(wallet_hash) = 64),
  holder_masked TEXT,
  currency TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en', 'sw')),
  hold_id TEXT,
  limit_minor INTEGER NOT NULL CHECK (limit_minor >= 0),
  offline INTEGER NOT NULL CHECK (offline IN (0, 1)),
  without_paper INTEGER NOT NULL CHECK (without_paper IN (0, 1)),
  supplement_of INTEGER REFERENCES operation (serial),
  -- At most one supplement per note (money rule M8).
  supplement_note INTEGER UNIQUE REFERENCES note (serial),
  state TEXT NOT NULL CHECK (state IN ('open', 'cancelled', 'closed')),
  opened_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  cancel_reason TEXT,
  end_kind TEXT CHECK (end_kind IN ('paid', 'needs-help')),
  amount_minor INTEGER CHECK (amount_minor >= 0),
  claim_id TEXT UNIQUE,
  CHECK ((supplement_of IS NULL) = (supplement_note IS NULL)),
  CHECK ((state = 'open') = (ended_at_ms IS NULL)),
  CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
  CHECK ((state = 'closed') = (end_kind IS NOT NULL)),
  CHECK ((state = 'closed') = (amount_minor IS NOT NULL)),
  CHECK (end_kind IS NOT 'paid' OR amount_minor > 0),
  CHECK (supplement_note IS NULL OR state <> 'cancelled')
) STRICT;

-- One visit at a time; a supplement opens and closes within one transaction and may do so during a visit.
CREATE UNIQUE INDEX operation_one_open ON operation ((1)) WHERE state = 'open' AND supplement_note IS NULL;
-- Erasing a phone asks whether money still hangs on it.
CREATE INDEX operation_by_wallet ON operation (wallet_hash);
-- The daily register.
CREATE INDEX operation_by_end ON operation (ended_at_ms) WHERE amount_minor > 0;

CREATE TABLE note (
  serial INTEGER PRIMARY KEY,
  note_id TEXT NOT NULL UNIQUE,
  operation_serial INTEGER REFERENCES operation (serial),
  state TEXT NOT NULL
    CHECK (state IN ('escrowed', 'intended', 'stacked', 'returned', 'unknown', 'void')),
  value_minor INTEGER CHECK (value_minor > 0),
  currency TEXT NOT NULL,
  -- The cassette that stood in the terminal when the note was let in, and the one its credit event named.
  intent_period INTEGER REFERENCES period (serial),
  stacked_period INTEGER REFERENCES period (serial),
  in_doubt INTEGER NOT NULL CHECK (in_doubt IN (0, 1)),
  -- The device may still repeat the credit event.
  awaits_release INTEGER NOT NULL CHECK (awaits_release IN (0, 1)),
  unknown_why TEXT,
  proposed_as TEXT CHECK (proposed_as IN ('stacked', 'returned', 'void')),
  proposed_by TEXT,
  proposed_reason TEXT,
  changed_at_ms INTEGER NOT NULL,
  CHECK ((state = 'stacked') = (stacked_period IS NOT NULL)),
  CHECK (operation_serial IS NULL OR value_minor IS NOT NULL),
  CHECK ((proposed_as IS NULL) = (proposed_by IS NULL) AND (proposed_as IS NULL) = (proposed_reason IS NULL))
) STRICT;

-- One acceptor, one note on its way (money rule M4).
CREATE UNIQUE INDEX note_one_moving ON note ((1)) WHERE state IN ('escrowed', 'intended');
CREATE INDEX note_unresolved ON note (serial) WHERE state IN ('escrowed', 'intended', 'unknown');
CREATE UNIQUE INDEX note_awaiting_release ON note ((1)) WHERE awaits_release = 1;
CREATE INDEX note_in_doubt ON note (serial) WHERE in_doubt = 1;
CREATE INDEX note_of_operation ON note (operation_serial);

-- Closed operations on their way to the wallet. No row is ever deleted (money rule M10).
CREATE TABLE top_up (
  operation_serial INTEGER PRIMARY KEY REFERENCES operation (serial),
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'accepted', 'voiding', 'credited', 'refused', 'parked', 'voided')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  next_try_at_ms INTEGER,
  promised_at_ms INTEGER,
  reason TEXT,
  changed_at_ms INTEGER NOT NULL,
  CHECK ((state IN ('waiting', 'accepted', 'voiding')) = (next_try_at_ms IS NOT NULL))
) STRICT;

CREATE INDEX top_up_newest ON top_up (operation_serial, next_try_at_ms) WHERE next_try_at_ms IS NOT NULL;
CREATE INDEX top_up_due ON top_up (next_try_at_ms) WHERE next_try_at_ms IS NOT NULL;
-- What waits for a person.
CREATE INDEX top_up_stopped ON top_up (operation_serial) WHERE state IN ('refused', 'parked');

-- Alarms, claims and collections the backend must hear of; delivered ones have no next try.
CREATE TABLE message (
  serial INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  next_try_at_ms INTEGER
) STRICT;

CREATE INDEX message_oldest ON message (serial, next_try_at_ms) WHERE next_try_at_ms IS NOT NULL;
CREATE INDEX message_due ON message (next_try_at_ms) WHERE next_try_at_ms IS NOT NULL;

CREATE TABLE print (
  serial INTEGER PRIMARY KEY,
  print_id TEXT NOT NULL UNIQUE,
  operation_serial INTEGER NOT NULL REFERENCES operation (serial),
  copy INTEGER NOT NULL CHECK (copy IN (0, 1)),
  outcome TEXT CHECK (outcome IN ('printed', 'failed', 'unknown')),
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX print_open ON print (serial) WHERE outcome IS NULL;
-- One original (money rule M15); only one that surely failed may be printed again as such.
CREATE UNIQUE INDEX print_one_original ON print (operation_serial)
  WHERE copy = 0 AND (outcome IS NULL OR outcome <> 'failed');

CREATE TABLE alarm (
  alarm TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  raised_at_ms INTEGER NOT NULL,
  PRIMARY KEY (alarm, subject)
) STRICT, WITHOUT ROWID;
