-- release 1

-- People who look after the terminal; worked out from the journal.
CREATE TABLE staff (
  staff_id TEXT PRIMARY KEY CHECK (staff_id GLOB '[0-9][0-9][0-9][0-9]'),
  role TEXT NOT NULL CHECK (role IN ('technician', 'collector', 'administrator', 'auditor')),
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  must_change_pin INTEGER NOT NULL CHECK (must_change_pin IN (0, 1)),
  enrolled_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong PINs since somebody last signed in.
CREATE TABLE sign_in (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  refusals INTEGER NOT NULL CHECK (refusals >= 0)
) STRICT;

-- Not in the journal, which nothing can be taken out of: from any hash of six digits the digits can be found.
CREATE TABLE staff_pin (
  staff_id TEXT PRIMARY KEY,
  verifier TEXT NOT NULL CHECK (verifier <> '')
) STRICT, WITHOUT ROWID;
