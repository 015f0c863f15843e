import type { CallName } from '../../wallet/call-names.ts';
import type { WalletFault } from '../../wallet/faults.ts';

/* Every fault the backend knows, in words, with the numbers that make it worth watching. */

export interface FaultWords {
  readonly fault: WalletFault;
  readonly title: string;
  /** What will be seen. */
  readonly effect: string;
}

export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly FaultWords[];
}

export const faultGroups: readonly FaultGroup[] = [
  {
    title: 'It cannot be reached',
    faults: [
      {
        fault: { kind: 'drop-before' },
        title: 'Dead',
        effect: 'Every connection breaks before it is read. Visits end as “accepted”.',
      },
      {
        fault: { kind: 'drop-after' },
        title: 'Answers get lost',
        effect: 'It does the work, then the line breaks. Nothing may be credited twice.',
      },
      { fault: { kind: 'slow', delayMs: 3_000 }, title: 'Slow, 3 s', effect: 'The visitor waits a little.' },
      {
        fault: { kind: 'slow', delayMs: 20_000 },
        title: 'Too slow, 20 s',
        effect: 'Longer than the terminal waits.',
      },
      { fault: { kind: 'stall' }, title: 'Half an answer', effect: 'The rest never comes.' },
      {
        fault: { kind: 'gateway-error', status: 502 },
        title: 'A proxy’s error page',
        effect: 'Unsigned, so it means nothing: asked again later.',
      },
      {
        fault: { kind: 'server-error' },
        title: 'Internal error',
        effect: 'A signed problem: asked again later.',
      },
      {
        fault: { kind: 'too-many-requests', retryAfterS: 5 },
        title: 'Too many requests',
        effect: 'Says when to come back: in 5 s.',
      },
    ],
  },
  {
    title: 'It decides otherwise',
    faults: [
      {
        fault: { kind: 'accept', creditAfterMs: 60_000, promises: true },
        title: 'Credits in a minute',
        effect: 'And promises it: the screen and the slip name the time.',
      },
      {
        fault: { kind: 'accept', creditAfterMs: 60_000, promises: false },
        title: 'Credits in a minute, no promise',
        effect: '“Usually within 30 minutes.”',
      },
      {
        fault: { kind: 'refuse', reason: 'wallet-blocked', retryable: true },
        title: 'Refuses for now',
        effect: 'The money waits on the terminal for a person.',
      },
      {
        fault: { kind: 'refuse', reason: 'wallet-closed', retryable: false },
        title: 'Refuses for good',
        effect: 'No money is lost: a person settles it.',
      },
    ],
  },
  {
    title: 'It is confused, or somebody else answers',
    faults: [
      {
        fault: { kind: 'wrong-id' },
        title: 'Another top-up’s answer',
        effect: 'Not believed. Three stop sales.',
      },
      { fault: { kind: 'wrong-amount' }, title: 'Wrong amount', effect: 'Not believed. Three stop sales.' },
      { fault: { kind: 'wrong-wallet' }, title: 'Wrong wallet', effect: 'Not believed. Three stop sales.' },
      { fault: { kind: 'bad-signature' }, title: 'Forged signature', effect: 'As if nobody had answered.' },
      { fault: { kind: 'unsigned' }, title: 'No signature', effect: 'As if nobody had answered.' },
      { fault: { kind: 'duplicate' }, title: 'Hears everything twice', effect: 'Credits once.' },
      {
        fault: { kind: 'reorder', delayMsMax: 4_000 },
        title: 'Answers out of order',
        effect: 'Later ones overtake earlier ones.',
      },
      {
        fault: { kind: 'clock-skew', offsetMs: 3_600_000 },
        title: 'Its clock is an hour ahead',
        effect: 'A terminal whose clock is in doubt takes no notes.',
      },
    ],
  },
];

export const callWords: Readonly<Record<CallName, string>> = {
  profile: 'the terminal’s profile',
  check: 'checking a wallet',
  'top-up': 'a top-up',
  batch: 'top-ups after an outage',
  status: 'asking after a top-up',
  void: 'voiding a top-up',
  events: 'reports and heartbeats',
  collections: 'collections',
  claims: 'claims',
  register: 'the daily register',
  'register-day': 'a day of the register',
  pair: 'pairing',
};

export const isSameFault = (a: WalletFault, b: WalletFault): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
