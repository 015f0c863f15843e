/*
 * One form of every number in all languages: what stands on the glass stands on the paper.
 */

const nbsp = '\u00a0';
const whole = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 0, useGrouping: 'always' });

/** `7 000`, from tiyn, groups split by U+00A0. Part tenge are shown only where there are any. */
export function tenge(amountMinor: number): string {
  const grouped = whole.format(Math.trunc(amountMinor / 100)).replace(/\s/g, nbsp);
  const tiyn = amountMinor % 100;
  return tiyn === 0 ? grouped : `${grouped},${String(tiyn).padStart(2, '0')}`;
}

/** `7 000 ₸`. */
export function money(amountMinor: number): string {
  return `${tenge(amountMinor)}${nbsp}₸`;
}

/** `0000 000 013`: how people read it out. */
export function operationNumber(digits: string): string {
  return [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7)].join(nbsp);
}

/** `+7 701 234 56 67`, from E.164. */
export function wholePhone(e164: string): string {
  return ['+7', ...phoneGroups(e164.slice(2))].join(nbsp);
}

/** Ten national digits in the groups people say: 701 234 56 67. Short where fewer are known. */
export function phoneGroups(digits: string): readonly string[] {
  return [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8, 10)].filter(
    (group) => group !== '',
  );
}

/** Kazakhstan keeps one time, UTC+5; the machine's own zone is nobody's promise. */
const utcOffsetMs = 5 * 3_600_000;

function local(wallMs: number): { readonly day: string; readonly clock: string } {
  const iso = new Date(wallMs + utcOffsetMs).toISOString();
  return {
    day: `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`,
    clock: iso.slice(11, 16),
  };
}

/** `22.11.2026 12:00`. */
export function dateTime(wallMs: number): string {
  const { day, clock } = local(wallMs);
  return `${day}${nbsp}${clock}`;
}

/** `12:30` on the day of `fromMs`, with the date on another. */
export function timeFrom(wallMs: number, fromMs: number): string {
  return local(wallMs).day === local(fromMs).day ? local(wallMs).clock : dateTime(wallMs);
}
