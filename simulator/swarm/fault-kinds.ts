/*
 * Every fault that a seed can have, by group, with what the terminal owes when it strikes.
 *
 * `tolerated`: nothing may be noticed but waiting; every rule of money holds. `detected`: the terminal takes no cash, says
 * why and calls the office, and nothing it says is false; once a person has put right what is wrong all rules hold again.
 * `outside`: no software can know; written down here and never injected.
 */

export type FaultClass = 'tolerated' | 'detected';

interface KindSpec {
  readonly group: FaultGroup;
  readonly class: FaultClass;
  readonly what: string;
}

export const faultGroups = [
  'line',
  'acceptor',
  'process',
  'storage',
  'time',
  'network',
  'printer',
  'people',
] as const;
export type FaultGroup = (typeof faultGroups)[number];

const tolerated = (group: FaultGroup, what: string): KindSpec => ({ group, class: 'tolerated', what });
const detected = (group: FaultGroup, what: string): KindSpec => ({ group, class: 'detected', what });

export const faultKinds = {
  // A valid frame is never invented: bytes are lost, spoilt, cut, late or told again.
  'line-lose': tolerated('line', 'chunks to and from the acceptor never arrive'),
  'line-truncate': tolerated('line', 'chunks to and from the acceptor lose their end'),
  'line-flip': tolerated('line', 'one bit of a chunk to or from the acceptor is wrong'),
  'line-split': tolerated('line', 'chunks arrive in two pieces, cut at any byte, with a pause between'),
  'line-delay': tolerated('line', 'chunks arrive up to 0.4 s late, and all behind them too'),
  'line-duplicate': tolerated('line', 'chunks arrive twice'),
  'line-noise': tolerated('line', 'bytes that nobody sent come before a chunk'),
  'line-stale': tolerated('line', 'the chunk before comes once more'),
  'printer-line-noise': tolerated('line', 'chunks to and from the printer are lost, cut, late or doubled'),
  'nak-storm': tolerated('line', 'whatever the acceptor hears it answers with NAK'),
  'line-looped-back': detected('line', 'the cable comes straight back'),
  'line-wrong-device': detected('line', 'a modem hangs on the acceptor’s port'),
  'acceptor-unplugged': tolerated('line', 'the acceptor’s port disappears under the host'),
  'wire-broken': tolerated('line', 'the acceptor’s port stays, and all bytes are lost'),
  'printer-unplugged': tolerated('line', 'the printer’s port disappears under the host'),

  'acceptor-power-cut': tolerated('acceptor', 'the acceptor loses power for seconds or minutes'),
  'acceptor-blink': tolerated('acceptor', 'the acceptor resets itself in the middle of whatever it does'),
  'machine-power-cut': tolerated('acceptor', 'acceptor, printer and process lose power together'),
  'state-repeated': tolerated('acceptor', 'the unit is deaf to ACK and tells a report up to fifty times'),
  'credit-event-lost': tolerated('acceptor', 'a firmware that tells a report once, and it is lost'),
  'credit-event-doubled': tolerated('acceptor', 'the answer that carries the credit event comes twice'),
  'note-back-after-stack': tolerated('acceptor', 'a note goes back although STACK was acknowledged'),
  'jam-in-head': tolerated('acceptor', 'a jam that stops the note at once'),
  'jam-in-cassette': tolerated('acceptor', 'a jam that is found when a note is pressed against it'),
  'cassette-full': tolerated('acceptor', 'the cassette’s sensor says full'),
  'cassette-pulled': detected(
    'acceptor',
    'the cassette is pulled without log-in, and the same one comes back',
  ),
  'cassette-swapped': detected('acceptor', 'the cassette is pulled without log-in, and another one comes'),
  'cassette-swapped-dark': tolerated(
    'acceptor',
    'another cassette is put in while the acceptor has no power',
  ),
  'note-pulled': tolerated('acceptor', 'a note is pulled back by force while the motor moves it in'),
  'acceptor-failure': tolerated('acceptor', 'a part of the acceptor fails (47 xx)'),
  'bill-table-changed': tolerated('acceptor', 'the firmware numbers its notes in another way'),
  'second-note': tolerated('acceptor', 'another note is pushed in while one is in the path'),
  'odd-note': tolerated('acceptor', 'an unreadable, doubtful, crooked or foreign note'),

  crash: tolerated('process', 'the process is gone between two instructions'),
  'crash-at-write': tolerated('process', 'the process is gone just before or after a durable write'),
  'crash-at-command': tolerated('process', 'the process is gone just before or after a byte to the acceptor'),
  'crash-at-slip': tolerated('process', 'the process is gone just before or after bytes to the printer'),
  'crash-while-starting': tolerated('process', 'the process dies, and its successor too'),
  'crash-loop': detected('process', 'the process dies five times in ten minutes'),
  'process-pause': tolerated('process', 'the process stands still for 0.1 to 60 s'),
  'second-instance': tolerated('process', 'another process is started on the same ledger'),

  'write-fails': tolerated('storage', 'a commit fails, and nothing of it is kept'),
  'write-fails-late': tolerated('storage', 'a commit is kept, and fails all the same'),
  'disk-read-only': tolerated('storage', 'every commit fails for a while'),
  'disk-full': detected('storage', 'there is less and less room on the disk'),
  'slow-commit': tolerated('storage', 'commits take up to 10 s'),
  'old-copy': detected('storage', 'an older copy of the ledger’s folder is put back'),
  'bit-flipped': detected('storage', 'one bit of the database file is wrong'),
  'log-missing': detected('storage', 'the write-ahead log is gone'),
  'anchor-missing': detected('storage', 'the anchor file is gone'),

  'clock-jumps': tolerated('time', 'the machine’s clock jumps by a second up to five years'),
  'clock-stops': tolerated('time', 'the machine’s clock stands still'),
  'clock-wrong-at-start': tolerated('time', 'the machine starts with another time'),

  'network-gone': tolerated('network', 'no request gets out'),
  'request-lost': tolerated('network', 'the connection dies before the backend heard'),
  'answer-lost': tolerated('network', 'the connection dies after the backend has applied it'),
  'backend-slow': tolerated('network', 'answers wait for up to 30 s'),
  'request-doubled': tolerated('network', 'requests arrive twice'),
  'answers-reordered': tolerated('network', 'later answers overtake earlier ones'),
  'half-open': tolerated('network', 'half an answer comes, and nothing more'),
  'slow-body': tolerated('network', 'half an answer comes, and the rest later'),
  'too-many-requests': tolerated('network', 'the backend asks for a rest'),
  'server-error': tolerated('network', 'the backend answers with a signed problem'),
  'gateway-error': tolerated('network', 'a gateway answers with a page and a status of its own, unsigned'),
  'signature-bad': tolerated('network', 'answers whose signature does not verify'),
  'signature-missing': tolerated('network', 'answers without a signature'),
  'forged-answer': tolerated('network', 'a stranger says credited, unsigned or under a signature of his own'),
  'answer-of-another': detected(
    'network',
    'a good signature, and the answer is not about this top-up at all',
  ),
  'wrong-id': detected('network', 'a good signature under another operation’s answer'),
  'wrong-amount': detected('network', 'a good signature under another amount'),
  'wrong-wallet': detected('network', 'a good signature under another wallet'),
  'top-up-refused': detected('network', 'the backend refuses top-ups, for now or for ever'),
  'credited-later': tolerated('network', 'the backend accepts and credits later'),
  'key-forgotten': tolerated('network', 'the backend forgets the terminal’s key until it is enrolled again'),
  'backend-key-changed': tolerated(
    'network',
    'the backend signs with a key that the terminal does not know yet',
  ),
  'backend-restored': detected('network', 'the backend goes back to a backup'),
  'backend-clock-off': tolerated('network', 'the backend’s clock is minutes or hours off'),

  'paper-out': tolerated('printer', 'the roll is empty until somebody comes'),
  'paper-ends-in-slip': tolerated('printer', 'the roll ends in the middle of a slip'),
  'cover-open': tolerated('printer', 'the cover stands open'),
  'printer-power-cut': tolerated('printer', 'the printer loses power'),
  'power-cut-in-slip': tolerated('printer', 'the printer loses power in the middle of a slip'),
  'printer-hangs': tolerated('printer', 'the printer’s firmware hangs'),
  'cutter-stuck': tolerated('printer', 'the knife is stuck'),
  'paper-stuck': tolerated('printer', 'the paper is stuck'),
  'head-hot': tolerated('printer', 'the print head is too hot'),
  'proof-lost': tolerated('printer', 'what the printer answers is lost'),
  'prints-nothing': tolerated('printer', 'the printer works on without paper and reports success'),

  'walks-away': tolerated('people', 'a visitor leaves in the middle of any screen'),
  'tap-storm': tolerated('people', 'thirty touches a second, on buttons old and new'),
  'note-while-paying': tolerated('people', 'a note is pushed in after Pay'),
  'early-successor': tolerated('people', 'the next person pushes in a note of the same kind too early'),
  'note-left-in-mouth': tolerated('people', 'a returned note is left in the mouth'),
} as const satisfies Readonly<Record<string, KindSpec>>;

export type FaultKind = keyof typeof faultKinds;

export const allFaultKinds = Object.keys(faultKinds) as readonly FaultKind[];

/** What no software can know: documented, never injected. */
export const outsideKinds: readonly string[] = [
  'an acceptor that keeps a note and never reports it, once its event could not be lost on the line',
  'an acceptor that takes a note back out of its cassette after reporting it',
  'a disk and an anchor disk that both lie about what they have written',
  'a backend that signs "credited" and does not credit',
  'somebody with the terminal’s keys who recomputes its chain and its anchors',
  'memory of the host that changes by itself',
];
