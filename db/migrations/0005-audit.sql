-- release 1

-- What people did at the terminal, found without walking over every note, and by who did it.
CREATE INDEX journal_of_people ON journal (sequence) WHERE kind IN ('staff-enrolled', 'staff-pin-set', 'staff-blocked',
  'staff-unblocked', 'staff-refused', 'staff-signed-in', 'staff-signed-out', 'collection-begun', 'collection-ended',
  'collector-seen', 'note-resolution-proposed', 'note-resolved', 'settlement-proposed', 'settlement-confirmed',
  'send-asked', 'top-up-requeued', 'void-requested', 'cash-counted', 'cash-sealed', 'device-tested', 'paper-changed', 'sales-closed', 'sales-opened');
CREATE INDEX journal_by_person ON journal (coalesce(payload ->> 'by', payload ->> 'confirmedBy', payload ->> 'staffId'),
  sequence) WHERE kind IN ('staff-enrolled', 'staff-pin-set', 'staff-blocked',
  'staff-unblocked', 'staff-refused', 'staff-signed-in', 'staff-signed-out', 'collection-begun', 'collection-ended',
  'collector-seen', 'note-resolution-proposed', 'note-resolved', 'settlement-proposed', 'settlement-confirmed',
  'send-asked', 'top-up-requeued', 'void-requested', 'cash-counted', 'cash-sealed', 'device-tested', 'paper-changed', 'sales-closed', 'sales-opened');
