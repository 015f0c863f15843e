import { expect, test } from 'vitest';
import { minorFromTenge } from '../money.ts';
import { quietFigures, settings } from '../testing/samples.ts';
import type { Figures } from './figures.ts';
import { allOk, type Levels, levelsOf, type Machine } from './gauges.ts';

const hourMs = 3_600_000;
const wallMs = Date.UTC(2026, 10, 22, 7);
const machine: Machine = { wallMs, clockOffsetMs: undefined, diskFreePercent: 60 };

function levels(figures: Partial<Figures>, changes: Partial<Machine> = {}): Levels {
  return levelsOf({ ...quietFigures, ...figures }, { ...machine, ...changes }, settings.fleet, 30 * 60_000);
}

function notes(count: number): Figures['cassette'] {
  const counts = [{ valueMinor: minorFromTenge(2_000), count: count - 1 }];
  const last = { valueMinor: minorFromTenge(500), count: 1 };
  return { periodNumber: 3, openedAtMs: 0, counts: [...counts, last], notesInDoubt: 0 };
}

const waitingFor = (minutes: number): Figures['queue'] => ({
  ...quietFigures.queue,
  waiting: 1,
  oldestWaitingClosedAtMs: wallMs - minutes * 60_000,
});

test.each([
  ['a quiet terminal', levels({}), {}],
  ['799 notes of 1 000', levels({ cassette: notes(799) }), {}],
  ['800', levels({ cassette: notes(800) }), { 'cassette-filling': 'warning' }],
  ['950', levels({ cassette: notes(950) }), { 'cassette-filling': 'critical' }],
  ['a top-up of 9 minutes', levels({ queue: waitingFor(9) }), {}],
  ['of 10', levels({ queue: waitingFor(10) }), { 'queue-slow': 'warning' }],
  ['beyond the promise another alarm stands', levels({ queue: waitingFor(31) }), {}],
  ['no payment for 12 hours', levels({ lastPaymentAtMs: wallMs - 12 * hourMs }), { 'no-payment': 'warning' }],
  ['for a day', levels({ lastPaymentAtMs: wallMs - 24 * hourMs }), { 'no-payment': 'critical' }],
  ['a payment in the future of a clock set back', levels({ lastPaymentAtMs: wallMs + 99 * hourMs }), {}],
  ['15 % of the disk', levels({}, { diskFreePercent: 15 }), { 'disk-filling': 'warning' }],
  ['5 %', levels({}, { diskFreePercent: 5 }), { 'disk-filling': 'critical' }],
  ['a minute ahead', levels({}, { clockOffsetMs: 60_000 }), { 'clock-drifting': 'warning' }],
  ['a minute behind', levels({}, { clockOffsetMs: -60_000 }), { 'clock-drifting': 'warning' }],
  ['59 seconds', levels({}, { clockOffsetMs: 59_000 }), {}],
])('%s', (_what, found, differs) => {
  expect(found).toEqual({ ...allOk, ...differs });
});
