import { encodeFrame } from './frame.ts';

/* EBDS §3, §5 and §6: what the host says to an acceptor. */

/** The bit that tells a new message from one sent again (§2). */
export type Toggle = 0 | 1;

export type Command =
  | { readonly kind: 'poll' }
  /** Lets notes in, or no more: a poll like any other, whose first byte differs. */
  | { readonly kind: 'gate'; readonly isOpen: boolean }
  | { readonly kind: 'stack' }
  | { readonly kind: 'return' }
  /** Soft reset: the unit starts as if its power had come back, and need not answer. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'serial-number' }
  /** What the unit has counted: the only place where it says why a note was rejected. */
  | { readonly kind: 'counters' }
  /** One entry of the note table; the first is 1. */
  | { readonly kind: 'note'; readonly index: number }
  /** The entries of the note table that are taken. */
  | { readonly kind: 'enables'; readonly notes: readonly number[]; readonly form: EnablesForm }
  | { readonly kind: 'escrow-timeout'; readonly seconds: number };

/** 50 notes in 8 bytes (Cashflow SC) or 128 in 19 (SC Advance). */
export type EnablesForm = 'narrow' | 'wide';

const enablesBytes: Readonly<Record<EnablesForm, number>> = { narrow: 8, wide: 19 };
const notesPerByte = 7;

const messageType = { omnibus: 0x10, auxiliary: 0x60, extended: 0x70 } as const;

const allDenominations = 0x7f;
/** D1: escrow mode, and notes whichever way they are put in. */
const fourWay = 0x0c;
const escrowMode = 0x10;
const stackBit = 0x20;
const returnBit = 0x40;
/** D2: power-up policy B (a note in escrow waits for the host, one beyond it is told with its value) and extended reports. */
const policyB = 0x04;
const extendedReports = 0x10;

/** `isOpen`: every message but an auxiliary one says whether notes are let in. */
export function encodeCommand(command: Command, toggle: Toggle, isOpen: boolean): Uint8Array {
  const configuration = (bits = 0): readonly number[] => [
    isOpen ? allDenominations : 0,
    escrowMode | fourWay | bits,
    extendedReports | policyB,
  ];
  const omnibus = (bits = 0): Uint8Array => frame(messageType.omnibus | toggle, configuration(bits));
  const extended = (sub: number, ...data: readonly number[]): Uint8Array =>
    frame(messageType.extended | toggle, [sub, ...configuration(), ...data]);
  const auxiliary = (...data: readonly number[]): Uint8Array => frame(messageType.auxiliary | toggle, data);
  switch (command.kind) {
    case 'poll':
    case 'gate':
      return omnibus();
    case 'stack':
      return omnibus(stackBit);
    case 'return':
      return omnibus(returnBit);
    case 'reset':
      return auxiliary(0x7f, 0x7f, 0x7f);
    case 'serial-number':
      return auxiliary(0x00, 0x00, 0x05);
    case 'counters':
      return auxiliary(0x00, 0x00, 0x0b);
    case 'note':
      return extended(0x02, command.index);
    case 'enables':
      return extended(0x03, ...enablesMask(command.notes, command.form));
    case 'escrow-timeout':
      return extended(0x04, command.seconds, 0);
  }
}

function frame(control: number, data: readonly number[]): Uint8Array {
  return encodeFrame(Uint8Array.of(control, ...data));
}

function enablesMask(notes: readonly number[], form: EnablesForm): readonly number[] {
  const mask = Array.from({ length: enablesBytes[form] }, () => 0);
  for (const index of notes) {
    const at = Math.floor((index - 1) / notesPerByte);
    mask[at] = (mask[at] ?? 0) | (1 << ((index - 1) % notesPerByte));
  }
  return mask.slice(0, enablesBytes[form]);
}
