import { assert } from '../assert.ts';
import { limits } from '../limits.ts';

/** Every wait, width and count of delivery, in one table. */
export interface DeliverySettings {
  /** How long one request may take, by what it asks. */
  readonly topUpDeadlineMs: number;
  readonly batchDeadlineMs: number;
  readonly questionDeadlineMs: number;
  /** An answer later than this after its deadline has been lost on the way to the decision. */
  readonly answerGraceMs: number;

  /** Waits between the tries of one row: `retryDelayMsBase · 2ⁿ` is the ceiling of a random wait. */
  readonly retryDelayMsMin: number;
  readonly retryDelayMsBase: number;
  readonly retryDelayMsMax: number;
  /** The longest rest a backend may ask for. */
  readonly retryAfterMsMax: number;

  /** So many failed requests in a row mean that the backend, not a row, is the trouble. */
  readonly breakerFailuresMax: number;
  /** Waits before a single probe: doubled by each probe that fails. */
  readonly breakerOpenMsBase: number;
  readonly breakerOpenMsMax: number;

  /** From so many due rows on they travel as batches; fewer go one by one. */
  readonly batchFromRows: number;
  readonly batchItemsMax: number;
  /** A row that has failed so often travels alone, so that it can spoil no batch. */
  readonly batchAttemptsMax: number;
  readonly batchesInFlightMax: number;
  readonly singlesInFlightMax: number;
  /** Requests that wait for nothing: a closing visit, a person's wish. */
  readonly urgentInFlightMax: number;
  readonly messageCallsInFlightMax: number;
  readonly eventsPerCallMax: number;

  /** What the receipt promises when the backend names no time. */
  readonly promiseMs: number;
  /** Waits between the questions about an accepted top-up while its visitor may still stand there. */
  readonly watchDelaysMs: readonly number[];
  readonly watchedMax: number;
  /** First question about an accepted top-up with no promised time, and shortest wait after a broken promise. */
  readonly pollDelayMsMin: number;
  readonly pollDelayMsMax: number;

  /** The longest sleep between two looks at the queue, whatever the wall clock says. */
  readonly lookIntervalMsMax: number;
  readonly heartbeatIntervalMs: number;
  readonly registerFirstDelayMs: number;
  readonly registerIntervalMs: number;
  /** Wait before a difference is looked at again, and before a comparison that could not be made is. */
  readonly registerAgainDelayMs: number;
  /** How many past days are compared each time: a long outage changes the registers of days gone by. */
  readonly registerDays: number;

  /** So many contradictory answers in a row stop sales (money rule M9). */
  readonly mismatchesInRowMax: number;
}

const minuteMs = 60_000;

export const deliveryDefaults: DeliverySettings = {
  topUpDeadlineMs: 20_000,
  batchDeadlineMs: 60_000,
  questionDeadlineMs: 15_000,
  answerGraceMs: 30_000,

  retryDelayMsMin: 1_000,
  retryDelayMsBase: 5_000,
  retryDelayMsMax: 10 * minuteMs,
  retryAfterMsMax: 15 * minuteMs,

  breakerFailuresMax: 3,
  breakerOpenMsBase: 5_000,
  breakerOpenMsMax: minuteMs,

  batchFromRows: 8,
  batchItemsMax: limits.batchItemsMax,
  batchAttemptsMax: 8,
  batchesInFlightMax: 2,
  singlesInFlightMax: 4,
  urgentInFlightMax: 16,
  messageCallsInFlightMax: 2,
  eventsPerCallMax: 100,

  promiseMs: 30 * minuteMs,
  watchDelaysMs: [3_000, 6_000, 12_000, 24_000],
  watchedMax: 4,
  pollDelayMsMin: minuteMs,
  pollDelayMsMax: 15 * minuteMs,

  lookIntervalMsMax: minuteMs,
  heartbeatIntervalMs: 5 * minuteMs,
  registerFirstDelayMs: 10 * minuteMs,
  registerIntervalMs: 24 * 60 * minuteMs,
  registerAgainDelayMs: 10 * minuteMs,
  registerDays: 7,

  mismatchesInRowMax: 3,
};

/** Checks what the numbers must be to one another; a table that breaks it is a mistake of who made it. */
export function checkDeliverySettings(settings: DeliverySettings): void {
  for (const [name, value] of Object.entries(settings)) {
    const numbers: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const number of numbers) {
      assert(Number.isSafeInteger(number) && Number(number) > 0, `delivery setting ${name} is above zero`);
    }
  }
  const { retryDelayMsMin, retryDelayMsBase, retryDelayMsMax } = settings;
  assert(retryDelayMsMin < retryDelayMsBase, 'the first random wait has room above the shortest one');
  assert(retryDelayMsBase < retryDelayMsMax, 'waits grow before they meet their cap');
  assert(settings.retryDelayMsMax <= settings.promiseMs, 'a row is tried at least once within the promise');
  assert(settings.breakerOpenMsBase <= settings.breakerOpenMsMax, 'the breaker cap is above its base');
  assert(settings.breakerOpenMsMax <= settings.retryDelayMsMax, 'a recovered backend is noticed by a probe');
  assert(settings.batchItemsMax <= limits.batchItemsMax, 'a batch fits the contract');
  assert(settings.batchFromRows > 1, 'one row is no batch');
  assert(settings.batchFromRows <= settings.batchItemsMax, 'rows that ask for a batch fit into one');
  assert(settings.pollDelayMsMin < settings.pollDelayMsMax, 'polls grow rarer');
  for (const aheadMs of [settings.promiseMs, settings.retryAfterMsMax, settings.pollDelayMsMax]) {
    assert(
      aheadMs + retryDelayMsBase < limits.nextTryAheadMsMax,
      'a next try is never taken for a wrong clock',
    );
  }
}

checkDeliverySettings(deliveryDefaults);
