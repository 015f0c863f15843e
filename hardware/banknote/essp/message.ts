/*
 * eSSP §3, §4 and §6: what the host asks of a unit, and what the unit answers.
 */

/** A set of channels, bit 0 for channel 1. */
export type ChannelMask = number;

export const channelsMax = 16;

export type Command =
  | { readonly kind: 'sync' }
  | { readonly kind: 'set-generator' | 'set-modulus' | 'key-exchange'; readonly value: bigint }
  | { readonly kind: 'protocol'; readonly version: number }
  | { readonly kind: 'setup' }
  | { readonly kind: 'serial-number' }
  | { readonly kind: 'inhibits'; readonly taken: ChannelMask }
  | { readonly kind: 'enable' }
  | { readonly kind: 'disable' }
  /** `acked`: its events are told until EVENT ACK. `stacks`: a note lies in escrow, and this lets it in. */
  | { readonly kind: 'poll'; readonly acked: boolean; readonly stacks: boolean }
  | { readonly kind: 'event-ack' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'last-reject' }
  | { readonly kind: 'reset' };

const codes: Readonly<Record<Command['kind'], number>> = {
  sync: 0x11,
  'set-generator': 0x4a,
  'set-modulus': 0x4b,
  'key-exchange': 0x4c,
  protocol: 0x06,
  setup: 0x05,
  'serial-number': 0x0c,
  inhibits: 0x02,
  enable: 0x0a,
  disable: 0x09,
  poll: 0x07,
  'event-ack': 0x57,
  hold: 0x18,
  reject: 0x08,
  'last-reject': 0x17,
  reset: 0x01,
};

const pollWithAck = 0x56;

export function commandData(command: Command): Uint8Array {
  if (command.kind === 'poll' && command.acked) return Uint8Array.of(pollWithAck);
  return Uint8Array.of(codes[command.kind], ...argumentsOf(command));
}

function argumentsOf(command: Command): readonly number[] {
  switch (command.kind) {
    case 'set-generator':
    case 'set-modulus':
    case 'key-exchange':
      return Array.from({ length: 8 }, (_, at) => Number((command.value >> BigInt(8 * at)) & 0xffn));
    case 'protocol':
      return [command.version];
    case 'inhibits':
      return [command.taken & 0xff, command.taken >> 8];
    default:
      return [];
  }
}

/** SYNC and the key exchange are never encrypted (§7). */
export function isPlain({ kind }: Command): boolean {
  return kind === 'sync' || kind === 'set-generator' || kind === 'set-modulus' || kind === 'key-exchange';
}

/** §3. `data` is what follows OK. */
export type Answer =
  | { readonly kind: 'ok'; readonly data: Uint8Array }
  | { readonly kind: 'refused'; readonly why: Refusal };

export type Refusal =
  | 'unknown-command'
  | 'wrong-count'
  | 'out-of-range'
  | 'cannot-process'
  | 'software-error'
  | 'fail'
  | 'no-key';

const refusals: ReadonlyMap<number, Refusal> = new Map([
  [0xf2, 'unknown-command'],
  [0xf3, 'wrong-count'],
  [0xf4, 'out-of-range'],
  [0xf5, 'cannot-process'],
  [0xf6, 'software-error'],
  [0xf8, 'fail'],
  [0xfa, 'no-key'],
]);

export function decodeAnswer(data: Uint8Array): Answer | undefined {
  const [code = 0] = data;
  if (code === 0xf0) return { kind: 'ok', data: data.subarray(1) };
  const why = refusals.get(code);
  return why === undefined ? undefined : { kind: 'refused', why };
}

export interface PollEvent {
  readonly code: number;
  /** Absent where the event has none. */
  readonly channel: number | undefined;
}

export const event = {
  slaveReset: 0xf1,
  read: 0xef,
  credit: 0xee,
  rejecting: 0xed,
  rejected: 0xec,
  stacked: 0xeb,
  safeJam: 0xea,
  unsafeJam: 0xe9,
  disabled: 0xe8,
  stackerFull: 0xe7,
  fraud: 0xe6,
  barcodeInEscrow: 0xe5,
  cashboxReplaced: 0xe4,
  cashboxRemoved: 0xe3,
  clearedToCashbox: 0xe2,
  clearedFromFront: 0xe1,
  notePathOpen: 0xe0,
  barcodeStacked: 0xd1,
  stacking: 0xcc,
  initializing: 0xb6,
  allInhibited: 0xb5,
} as const;

const known: ReadonlySet<number> = new Set(Object.values(event));
const withChannel: ReadonlySet<number> = new Set([
  event.read,
  event.credit,
  event.fraud,
  event.clearedToCashbox,
  event.clearedFromFront,
]);
const acknowledged: ReadonlySet<number> = new Set([
  event.credit,
  event.fraud,
  event.clearedToCashbox,
  event.barcodeStacked,
]);

/** §6: repeated by POLL WITH ACK until EVENT ACK. */
export function needsAck({ code }: PollEvent): boolean {
  return acknowledged.has(code);
}

export interface PollEvents {
  readonly events: readonly PollEvent[];
  /** The first code that the document does not list: what follows it has no known length (§6), and is not read. */
  readonly unknown: number | undefined;
}

/** The list of a poll's answer, the oldest first; nothing if it breaks off. */
export function decodeEvents(data: Uint8Array): PollEvents | undefined {
  const events: PollEvent[] = [];
  for (let at = 0; at < data.length; at += 1) {
    const code = data[at] ?? 0;
    if (!known.has(code)) return { events, unknown: code };
    if (!withChannel.has(code)) {
      events.push({ code, channel: undefined });
      continue;
    }
    at += 1;
    const channel = data[at];
    if (channel === undefined) return undefined;
    events.push({ code, channel });
  }
  return { events, unknown: undefined };
}
