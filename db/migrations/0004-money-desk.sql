-- release 1

-- Top-ups that will not end by themselves, from the answer that stopped them until money has found its way: credited
-- after all, paid by hand, or sent to another wallet (money rule M9). `settled_as` is set by a second person.
CREATE TABLE settlement (
  operation_serial INTEGER PRIMARY KEY REFERENCES operation (serial),
  proposed_as TEXT CHECK (proposed_as IN ('by-hand', 'rerouted')),
  proposed_by TEXT,
  proposed_reason TEXT,
  wallet_hash TEXT CHECK (length(wallet_hash) = 64),
  settled_as TEXT CHECK (settled_as IN ('by-hand', 'rerouted')),
  settled_by TEXT,
  settled_at_ms INTEGER,
  CHECK ((proposed_as IS NULL) = (proposed_by IS NULL) AND (proposed_as IS NULL) = (proposed_reason IS NULL)),
  CHECK ((proposed_as IS 'rerouted') = (wallet_hash IS NOT NULL)),
  CHECK (settled_as IS NULL OR settled_as = proposed_as),
  CHECK ((settled_as IS NULL) = (settled_by IS NULL) AND (settled_as IS NULL) = (settled_at_ms IS NULL))
) STRICT;

CREATE INDEX settlement_open ON settlement (operation_serial) WHERE settled_as IS NULL;
-- Erasing a phone asks whether money is about to go there.
CREATE INDEX settlement_by_wallet ON settlement (wallet_hash) WHERE wallet_hash IS NOT NULL;

-- The voided operation that this one pays instead, and the one whose notes both are made of.
ALTER TABLE operation ADD COLUMN rerouted_from INTEGER REFERENCES operation (serial);
ALTER TABLE operation ADD COLUMN notes_of INTEGER REFERENCES operation (serial);
CREATE UNIQUE INDEX operation_one_reroute ON operation (rerouted_from) WHERE rerouted_from IS NOT NULL;

-- Staff look for a payment by the last digits of a phone.
CREATE INDEX phone_by_last_four ON phone (substr(phone, -4));

-- What happened to one operation after its notes.
CREATE INDEX journal_of_operation ON journal (payload ->> 'operationId', sequence) WHERE kind IN ('operation-closed',
  'delivery-failed', 'top-up-accepted', 'top-up-credited', 'top-up-refused', 'top-up-voided', 'top-up-parked',
  'top-up-requeued', 'void-requested', 'send-asked', 'settlement-proposed', 'settlement-confirmed', 'print-intended');
