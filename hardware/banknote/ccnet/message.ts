import { encodeFrame } from './frame.ts';

/*
 * CCNET §5 and §6: what the host asks of a validator, and what a validator says it is doing.
 */

/** A set of kinds of note, bit n for type n (0 to 23). */
export type TypeMask = number;

export const typeCount = 24;

export type Command =
  | { readonly kind: 'reset' }
  | { readonly kind: 'poll' }
  | { readonly kind: 'identification' }
  | { readonly kind: 'get-bill-table' }
  | { readonly kind: 'set-security'; readonly high: TypeMask }
  /** Every kind that is enabled is enabled with escrow; 0 disables the validator. */
  | { readonly kind: 'enable'; readonly types: TypeMask }
  | { readonly kind: 'stack' }
  | { readonly kind: 'return' };

const codes: Readonly<Record<Command['kind'], number>> = {
  reset: 0x30,
  'set-security': 0x32,
  poll: 0x33,
  enable: 0x34,
  stack: 0x35,
  return: 0x36,
  identification: 0x37,
  'get-bill-table': 0x41,
};

export function encodeCommand(command: Command): Uint8Array {
  const code = codes[command.kind];
  switch (command.kind) {
    case 'set-security':
      return encodeFrame(Uint8Array.from([code, ...maskBytes(command.high)]));
    case 'enable':
      return encodeFrame(Uint8Array.from([code, ...maskBytes(command.types), ...maskBytes(command.types)]));
    default:
      return encodeFrame(Uint8Array.of(code));
  }
}

/** Types 23 to 16 first. */
function maskBytes(mask: TypeMask): readonly number[] {
  return [(mask >> 16) & 0xff, (mask >> 8) & 0xff, mask & 0xff];
}

export const ackFrame = encodeFrame(Uint8Array.of(0x00));
export const nakFrame = encodeFrame(Uint8Array.of(0xff));

/** What a validator answers to a command that is not a question (§3). */
export type ActionAnswer = 'ack' | 'nak' | 'illegal';

export function decodeActionAnswer(payload: Uint8Array): ActionAnswer | undefined {
  if (payload.length !== 1) return undefined;
  switch (payload[0]) {
    case 0x00:
      return 'ack';
    case 0xff:
      return 'nak';
    case 0x30:
      return 'illegal';
    default:
      return undefined;
  }
}

/** The answer is our own question: transmit and receive are joined somewhere (§2). */
export function isEcho(command: Command, payload: Uint8Array): boolean {
  return payload[0] === codes[command.kind] && payload.length === encodeCommand(command).length - 5;
}

export type PollState =
  /** `noteAt`: where a note lay when power came back. */
  | { readonly kind: 'power-up'; readonly noteAt: 'nowhere' | 'head' | 'stacker' }
  | { readonly kind: 'initializing' }
  | { readonly kind: 'idling' }
  | { readonly kind: 'accepting' }
  | { readonly kind: 'stacking' }
  | { readonly kind: 'returning' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'holding' }
  | { readonly kind: 'busy'; readonly forMs: number }
  | { readonly kind: 'rejecting'; readonly reason: number }
  | { readonly kind: 'fault'; readonly code: FaultCode; readonly detail: number | undefined }
  | { readonly kind: 'escrow'; readonly type: number }
  | { readonly kind: 'stacked'; readonly type: number }
  | { readonly kind: 'returned'; readonly type: number }
  /** A state that the documents do not list. */
  | { readonly kind: 'unlisted'; readonly code: number };

export type FaultCode = 0x41 | 0x42 | 0x43 | 0x44 | 0x45 | 0x46 | 0x47;

/** A poll's answer, or nothing if the payload cannot be one: ACK, NAK, ILLEGAL COMMAND and wrong lengths. */
export function decodePollState(payload: Uint8Array): PollState | undefined {
  if (payload.length < 1 || payload.length > 2) return undefined;
  const [code = 0, detail] = payload;
  if (decodeActionAnswer(payload) !== undefined) return undefined;
  return detail === undefined ? decodeState(code) : decodeStateWithDetail(code, detail);
}

function decodeState(code: number): PollState | undefined {
  switch (code) {
    case 0x10:
      return { kind: 'power-up', noteAt: 'nowhere' };
    case 0x11:
      return { kind: 'power-up', noteAt: 'head' };
    case 0x12:
      return { kind: 'power-up', noteAt: 'stacker' };
    case 0x13:
      return { kind: 'initializing' };
    case 0x14:
      return { kind: 'idling' };
    case 0x15:
      return { kind: 'accepting' };
    case 0x17:
      return { kind: 'stacking' };
    case 0x18:
      return { kind: 'returning' };
    case 0x19:
      return { kind: 'disabled' };
    case 0x1a:
      return { kind: 'holding' };
    case 0x41:
    case 0x42:
    case 0x43:
    case 0x44:
    case 0x45:
    case 0x46:
    case 0x47:
      return { kind: 'fault', code, detail: undefined };
    // States that need a second byte, cut short: not to be guessed at.
    case 0x1b:
    case 0x1c:
    case 0x80:
    case 0x81:
    case 0x82:
      return undefined;
    default:
      return { kind: 'unlisted', code };
  }
}

function decodeStateWithDetail(code: number, detail: number): PollState | undefined {
  switch (code) {
    case 0x1b:
      return { kind: 'busy', forMs: detail * 100 };
    case 0x1c:
      return { kind: 'rejecting', reason: detail };
    case 0x47:
      return { kind: 'fault', code, detail };
    case 0x80:
      return { kind: 'escrow', type: detail };
    case 0x81:
      return { kind: 'stacked', type: detail };
    case 0x82:
      return { kind: 'returned', type: detail };
    default:
      // A second byte after a state that has none is the recycler's business, not a validator's.
      return { kind: 'unlisted', code };
  }
}
