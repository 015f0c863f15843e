import type { TopUpRow } from '../store.ts';
import type { DeliverySettings } from './settings.ts';

/**
 * The `nth` number from 0 up to, not including, 1 that `chance` stands for: one fresh number serves every row of a
 * batch, and a decision stays a pure function. (The finishing steps of MurmurHash3.)
 */
export function fractionOf(chance: number, nth: number): number {
  let bits = (chance + Math.imul(nth + 1, 0x9e37_79b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  bits ^= bits >>> 16;
  return (bits >>> 0) / 2 ** 32;
}

/**
 * How long a row rests after its failed try number `attempts` + 1: a random part of a ceiling that doubles each time
 * ("full jitter"), so that a fleet does not come back in step. Never shorter than the backend asked for.
 */
export function retryDelayMs(
  attempts: number,
  retryAfterMs: number | undefined,
  fraction: number,
  settings: DeliverySettings,
): number {
  const { retryDelayMsMin, retryDelayMsBase, retryDelayMsMax, retryAfterMsMax } = settings;
  const ceilingMs = Math.min(retryDelayMsMax, retryDelayMsBase * 2 ** Math.min(attempts, 20));
  const drawnMs = Math.max(retryDelayMsMin, Math.floor(fraction * ceilingMs));
  return Math.max(drawnMs, Math.min(retryAfterMs ?? 0, retryAfterMsMax));
}

/** By when an accepted top-up has to be credited: as the backend said first, else as the receipt says. */
export function promiseOf(row: TopUpRow, settings: DeliverySettings): number {
  return row.promisedAtMs ?? row.closedAtMs + settings.promiseMs;
}

/**
 * When to ask again about an accepted top-up: at the promised time, and after it each time as long again as it is
 * late by then. A promise too far away to be meant does not put the question off.
 */
export function nextPollAtMs(
  row: TopUpRow,
  wallMs: number,
  fraction: number,
  settings: DeliverySettings,
): number {
  const { pollDelayMsMin, pollDelayMsMax, promiseMs, retryDelayMsBase } = settings;
  const spreadMs = Math.floor(fraction * retryDelayMsBase);
  if (row.promisedAtMs !== undefined && row.promisedAtMs > wallMs) {
    return Math.min(row.promisedAtMs, wallMs + promiseMs) + spreadMs;
  }
  const lateMs = wallMs - (row.promisedAtMs ?? row.closedAtMs);
  return wallMs + Math.min(pollDelayMsMax, Math.max(pollDelayMsMin, lateMs)) + spreadMs;
}
