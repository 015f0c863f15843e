import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';
import type { WalletPhone } from './ids.ts';

/** National digits of a Kazakh number: what a customer types after the printed +7. */
export const nationalDigitsCount = 10;

/**
 * The wallet that a customer named by national digits, if a mobile operator of Kazakhstan could have given that number
 * out. Numbers are portable, so the prefix says nothing about the operator.
 */
export function walletPhoneOf(nationalDigits: string): WalletPhone | undefined {
  if (!/^\d{10}$/.test(nationalDigits)) return undefined;
  const parsed = parsePhoneNumberFromString(`+7${nationalDigits}`);
  if (parsed?.country !== 'KZ' || !parsed.isValid()) return undefined;
  return parsed.number as string as WalletPhone;
}
