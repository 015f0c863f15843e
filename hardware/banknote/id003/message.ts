import { encodeFrame } from './frame.ts';

/*
 * ID-003 §3, §5 and §6: what the host asks of an acceptor, and what an acceptor says it is doing.
 */

/** A set of denominations, bit n for escrow code 61 + n. */
export type DenominationMask = number;

/** 61 to 70: two bytes of bits. */
export const denominationCount = 16;
export const firstDenominationCode = 0x61;
const allDenominations = 0xffff;

export type Command =
  | { readonly kind: 'status' }
  | { readonly kind: 'reset' }
  /** STACK-2: its VEND VALID comes when the note is fully stacked. */
  | { readonly kind: 'stack' }
  | { readonly kind: 'return' }
  | { readonly kind: 'version' }
  | { readonly kind: 'currency-assign' }
  /** Those in the mask are taken, all others refused. */
  | { readonly kind: 'set-denominations'; readonly taken: DenominationMask }
  | { readonly kind: 'set-security'; readonly high: DenominationMask }
  /** Notes are taken whichever way they are put in. */
  | { readonly kind: 'set-direction' }
  /** Power recovery on, everything else off: a note past the point of return ends in VEND VALID after a power cut. */
  | { readonly kind: 'set-options' }
  | { readonly kind: 'set-polled' }
  | { readonly kind: 'inhibit'; readonly on: boolean };

const codes: Readonly<Record<Command['kind'], number>> = {
  status: 0x11,
  reset: 0x40,
  stack: 0x42,
  return: 0x43,
  version: 0x88,
  'currency-assign': 0x8a,
  'set-denominations': 0xc0,
  'set-security': 0xc1,
  'set-polled': 0xc2,
  inhibit: 0xc3,
  'set-direction': 0xc4,
  'set-options': 0xc5,
};

const powerRecovery = 0x02;

export function commandPayload(command: Command): Uint8Array {
  return Uint8Array.of(codes[command.kind], ...dataOf(command));
}

export function encodeCommand(command: Command): Uint8Array {
  return encodeFrame(commandPayload(command));
}

function dataOf(command: Command): readonly number[] {
  switch (command.kind) {
    case 'set-denominations':
      // On the wire 1 means refused.
      return maskBytes(allDenominations & ~command.taken);
    case 'set-security':
      return maskBytes(command.high);
    case 'set-direction':
    case 'set-polled':
      return [0x00];
    case 'set-options':
      return [powerRecovery, 0x00];
    case 'inhibit':
      return [command.on ? 0x01 : 0x00];
    default:
      return [];
  }
}

/** 61 to 68 first. */
function maskBytes(mask: DenominationMask): readonly number[] {
  return [mask & 0xff, mask >> 8];
}

const ackCode = 0x50;

/** Written only to VEND VALID; nothing comes back. */
export const ackFrame = encodeFrame(Uint8Array.of(ackCode));

/** What an acceptor answers to a command that is not a question. */
export type ActionAnswer = 'done' | 'communication-error' | 'invalid';

/** An action is acknowledged, a setting told back as it was sent (§3). Anything else is no answer to it. */
export function decodeActionAnswer(command: Command, payload: Uint8Array): ActionAnswer | undefined {
  const refusal = decodeRefusal(payload);
  if (refusal !== undefined) return refusal;
  if (isAction(command)) return payload.length === 1 && payload[0] === ackCode ? 'done' : undefined;
  return samePayload(payload, commandPayload(command)) ? 'done' : undefined;
}

export function decodeRefusal(payload: Uint8Array): Exclude<ActionAnswer, 'done'> | undefined {
  if (payload.length !== 1) return undefined;
  if (payload[0] === 0x4a) return 'communication-error';
  return payload[0] === 0x4b ? 'invalid' : undefined;
}

function isAction({ kind }: Command): boolean {
  return kind === 'reset' || kind === 'stack' || kind === 'return';
}

/**
 * The answer is our own question. Several questions are also states (§2: STATUS REQUEST and IDLING are the same bytes), so
 * only a question whose answer must be another proves anything.
 */
export function isEcho(command: Command, payload: Uint8Array): boolean {
  return samePayload(payload, commandPayload(command));
}

function samePayload(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

export type Status =
  | { readonly kind: 'idling' }
  | { readonly kind: 'accepting' }
  | { readonly kind: 'escrow'; readonly code: number }
  | { readonly kind: 'stacking' }
  /** The note is ours. Some firmware names its code again. */
  | { readonly kind: 'vend-valid'; readonly code: number | undefined }
  | { readonly kind: 'stacked' }
  | { readonly kind: 'rejecting'; readonly reason: number }
  | { readonly kind: 'returning' }
  | { readonly kind: 'holding' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'initialize' }
  | { readonly kind: 'power-up'; readonly noteAt: 'nowhere' | 'head' | 'stacker' }
  | { readonly kind: 'fault'; readonly code: FaultCode; readonly detail: number | undefined }
  /** A status that the document does not list. */
  | { readonly kind: 'unlisted'; readonly code: number };

export type FaultCode = 0x43 | 0x44 | 0x45 | 0x46 | 0x47 | 0x48 | 0x49;

/** A ticket's escrow code is followed by its digits. */
const ticketCode = 0x6f;

/** What a payload says as an answer to STATUS REQUEST, or nothing if it cannot be one: acknowledgements and wrong lengths. */
export function decodeStatus(payload: Uint8Array): Status | undefined {
  const [code = 0, detail] = payload;
  if (code === 0x13 && detail === ticketCode) return { kind: 'escrow', code: ticketCode };
  if (payload.length < 1 || payload.length > 2) return undefined;
  if (detail === undefined) return decodeBareStatus(code);
  switch (code) {
    case 0x13:
      return { kind: 'escrow', code: detail };
    case 0x15:
      return { kind: 'vend-valid', code: detail };
    case 0x17:
      return { kind: 'rejecting', reason: detail };
    case 0x49:
      return { kind: 'fault', code, detail };
    default:
      return undefined;
  }
}

const bareStatuses: ReadonlyMap<number, Status> = new Map<number, Status>([
  [0x11, { kind: 'idling' }],
  [0x12, { kind: 'accepting' }],
  [0x14, { kind: 'stacking' }],
  [0x15, { kind: 'vend-valid', code: undefined }],
  [0x16, { kind: 'stacked' }],
  [0x18, { kind: 'returning' }],
  [0x19, { kind: 'holding' }],
  [0x1a, { kind: 'disabled' }],
  [0x1b, { kind: 'initialize' }],
  [0x40, { kind: 'power-up', noteAt: 'nowhere' }],
  [0x41, { kind: 'power-up', noteAt: 'head' }],
  [0x42, { kind: 'power-up', noteAt: 'stacker' }],
  ...([0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49] as const).map((code): readonly [number, Status] => [
    code,
    { kind: 'fault', code, detail: undefined },
  ]),
]);

function decodeBareStatus(code: number): Status | undefined {
  const status = bareStatuses.get(code);
  if (status !== undefined) return status;
  // A status that needs a second byte, cut short; an answer to a command; what interrupt mode sends unasked.
  const isNoStatus = code === 0x13 || code === 0x17 || code === ackCode || code === 0x05;
  const isAnswer = code === 0x4a || code === 0x4b || code >= 0x80;
  return isNoStatus || isAnswer ? undefined : { kind: 'unlisted', code };
}
