import type { Role } from './roles.ts';

/* People who look after the terminal, and how they prove who they are. */

/** Four digits, unique on this terminal; stands for the person in the journal and on slips. */
export type StaffId = string & { readonly brand: 'StaffId' };

export interface StaffMember {
  readonly staffId: StaffId;
  readonly role: Role;
  readonly isBlocked: boolean;
  /** The PIN was given by somebody else: its owner chooses another before anything else. */
  readonly mustChangePin: boolean;
}

/** Somebody who has proven who they are. */
export interface SignedIn {
  readonly staffId: StaffId;
  readonly role: Role;
}

/** What the terminal knows of its people between two events. */
export interface Staff {
  readonly members: readonly StaffMember[];
  /** Wrong PINs in a row, whoever typed them. */
  readonly refusals: number;
  /** Nobody may try before this moment. */
  readonly lockedUntilMonoMs: number;
  /** When the terminal's name was touched lately: enough of that opens service mode. */
  readonly knocksMonoMs: readonly number[];
}

export const staffRules = {
  idDigits: 4,
  pinDigits: 6,
  /** What `npm run staff -- enrol` prints for a terminal that knows nobody yet. */
  enrolmentDigits: 8,
} as const;

/** The first person of a terminal. */
export const firstStaffId = '1001' as StaffId;

export function staffIdOf(digits: string): StaffId | undefined {
  return /^\d{4}$/.test(digits) ? (digits as StaffId) : undefined;
}

/** Whether a PIN is one that a stranger would try first: one digit six times, a run, or a repeated pair or triple. */
export function isGuessablePin(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0));
  const isRun = [-1, 0, 1].some((step) => steps.every((actual) => actual === step));
  const isRepeated = pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2);
  return isRun || isRepeated;
}

/**
 * The PIN that works like the true one and calls for help: its last digit is one higher (9 becomes 0). A person under
 * threat need not remember a second number.
 */
export function duressPin(pin: string): string {
  const last = Number(pin.at(-1));
  return `${pin.slice(0, -1)}${(last + 1) % 10}`;
}

/** The true PIN if this one was typed under duress. */
export function pinBehindDuress(pin: string): string {
  const last = Number(pin.at(-1));
  return `${pin.slice(0, -1)}${(last + 9) % 10}`;
}

/** Ten digits in an order that follows from chance: what was seen from behind says nothing about the next time. */
export function padOrder(chance: number): readonly string[] {
  const left = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
  let rest = chance;
  const order: string[] = [];
  while (left.length > 0) {
    const place = rest % left.length;
    rest = Math.floor(rest / left.length);
    order.push(...left.splice(place, 1));
  }
  return order;
}
