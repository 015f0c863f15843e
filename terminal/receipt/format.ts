import { assert } from '../assert.ts';

/** `+7 701 ••• •• 67`: what a slip, a log or another visitor may see of a wallet number in E.164. */
export function maskPhone(phone: string): string {
  assert(/^\+7\d{10}$/.test(phone), 'a wallet is a Kazakhstan number in E.164');
  return `+7\u00a0${phone.slice(2, 5)}\u00a0•••\u00a0••\u00a0${phone.slice(-2)}`;
}

/** `22.11.2026 12:00`, in the terminal's own time. */
export function formatDateTime(wallMs: number, utcOffsetMinutes: number): string {
  const local = localParts(wallMs, utcOffsetMinutes);
  return `${local.day}.${local.month}.${local.year}\u00a0${local.hour}:${local.minute}`;
}

/** `12:00` on the day of `nowMs`, with the date on any other day. */
export function formatTimeFrom(wallMs: number, nowMs: number, utcOffsetMinutes: number): string {
  const then = localParts(wallMs, utcOffsetMinutes);
  const now = localParts(nowMs, utcOffsetMinutes);
  const sameDay = then.day === now.day && then.month === now.month && then.year === now.year;
  return sameDay ? `${then.hour}:${then.minute}` : formatDateTime(wallMs, utcOffsetMinutes);
}

/** `UTC+5`: which clock the slip means. */
export function formatOffset(utcOffsetMinutes: number): string {
  const hours = Math.trunc(Math.abs(utcOffsetMinutes) / 60);
  const minutes = Math.abs(utcOffsetMinutes) % 60;
  const sign = utcOffsetMinutes < 0 ? '−' : '+';
  return `UTC${sign}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

/** `184223 9f3c 21ab 77d0`: enough of the head to find the row and to notice another history. */
export function formatJournalHead(sequence: number, head: string): string {
  const groups = head.slice(0, 12).match(/.{1,4}/g) ?? [];
  return [String(sequence), ...groups].join('\u00a0');
}

function localParts(wallMs: number, utcOffsetMinutes: number) {
  const shifted = new Date(wallMs + utcOffsetMinutes * 60_000).toISOString();
  return {
    year: shifted.slice(0, 4),
    month: shifted.slice(5, 7),
    day: shifted.slice(8, 10),
    hour: shifted.slice(11, 13),
    minute: shifted.slice(14, 16),
  };
}
