import { assert } from './assert.ts';

/*
 * The number people read out on the telephone and type at "check a payment": nine digits of the operation's serial
 * and a check digit after Damm, which catches every single wrong digit and every swap of two neighbours.
 */

/** Ten digits; the last is the check digit. */
export type OperationNumber = string & { readonly brand: 'operation-number' };

export const operationSerialMax = 999_999_999;

/** A totally anti-symmetric quasigroup of order ten with a zero diagonal (H. M. Damm, 2004). */
const dammTable = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

/** The number of the operation with this serial, counted from 1 on each terminal. */
export function operationNumber(serial: number): OperationNumber {
  assert(
    Number.isSafeInteger(serial) && serial >= 1 && serial <= operationSerialMax,
    `an operation serial is 1 to ${operationSerialMax}, not ${serial}`,
  );
  const digits = String(serial).padStart(9, '0');
  return `${digits}${dammDigit(digits)}` as OperationNumber;
}

/** What a person typed, with any spacing; `undefined` if it cannot be an operation number. */
export function parseOperationNumber(typed: string): OperationNumber | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return isOperationNumber(digits) ? digits : undefined;
}

export function isOperationNumber(digits: string): digits is OperationNumber {
  return /^\d{10}$/.test(digits) && dammDigit(digits) === '0';
}

/** `0027 344 118`: groups joined by no-break spaces, so that a line never breaks inside. */
export function formatOperationNumber(number: string): string {
  return `${number.slice(0, 4)}\u00a0${number.slice(4, 7)}\u00a0${number.slice(7)}`;
}

/** The claim of an operation that needs help: an operation has at most one. */
export function claimNumberOf(number: string): string {
  return `${formatOperationNumber(number)}-1`;
}

function dammDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) {
    const next = dammTable[interim]?.[Number(digit)];
    assert(next !== undefined, `"${digits}" holds something that is no digit`);
    interim = Number(next);
  }
  return String(interim);
}
