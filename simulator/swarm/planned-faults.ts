import type { Random } from '../../terminal/ports.ts';
import { pick, streamOf } from '../random.ts';
import { allFaultKinds, type FaultKind, faultKinds } from './fault-kinds.ts';
import { visitsAnHour } from './planned-visits.ts';

/* What goes wrong, and when. */

export interface PlannedFault {
  readonly kind: 'fault';
  readonly fault: FaultKind;
  readonly moment: Moment;
  /** Until it is put right, for those that last. */
  readonly lastsMs: number;
  /** Of its own chance, so that no other event changes what it does. */
  readonly dice: number;
}

/** The `nth` time, from 1, that `signal` comes during a visit, and a while later. */
export interface Moment {
  readonly visit: number;
  readonly signal: Signal;
  readonly nth: number;
  readonly afterMs: number;
}

const screenSignals = [
  'screen attract',
  'screen service',
  'screen number',
  'screen checking',
  'screen confirm',
  'screen cash',
  'screen counting',
  'screen paying',
  'screen result',
] as const;
const noteSignals = [
  'note inserted',
  'note escrowed',
  'note stacking',
  'note stacked',
  'fact note-intended',
  'fact note-stacked',
] as const;
const rareSignals = ['note returning', 'note in-mouth', 'fact operation-closed', 'visitor left'] as const;

export type Signal =
  | (typeof screenSignals)[number]
  | (typeof noteSignals)[number]
  | (typeof rareSignals)[number];

/** How many of a hundred kinds of fault are on in a seed. */
const onRates = [4, 8, 15, 25] as const;
const crowding = [2, 4, visitsAnHour, visitsAnHour] as const;

/** Each kind is on or off for the whole seed; those that are on have a rate of their own. */
export function drawFaults(seed: number, hour: number, focus?: readonly FaultKind[]): PlannedFault[] {
  if (focus !== undefined) return focus.flatMap((fault) => drawOften(seed, hour, fault));
  const random = streamOf(seed, `hour ${hour}`);
  // Far apart, or so close that one trouble meets the next.
  const faultyVisits = pick(crowding, random);
  const onInHundred = pick(onRates, random);
  return allFaultKinds.flatMap((fault) => {
    const chance = streamOf(seed, `${hour} ${fault}`);
    if (chance.nextInt(100) >= onInHundred) return [];
    return Array.from({ length: 1 + chance.nextInt(4) }, () => {
      const visit = hour * visitsAnHour + chance.nextInt(faultyVisits);
      return drawFault(fault, visit, chance);
    });
  });
}

/** About every second visit. */
function drawOften(seed: number, hour: number, fault: FaultKind): PlannedFault[] {
  const chance = streamOf(seed, `${hour} ${fault} often`);
  return Array.from({ length: visitsAnHour / 2 }, () =>
    drawFault(fault, hour * visitsAnHour + chance.nextInt(visitsAnHour), chance),
  );
}

function drawFault(fault: FaultKind, visit: number, random: Random): PlannedFault {
  const lastsMs = drawDuration(random);
  return {
    kind: 'fault',
    fault,
    moment: drawMoment(fault, visit, random),
    lastsMs,
    dice: random.nextInt(2 ** 31),
  };
}

/** As often a moment as minutes. */
function drawDuration(random: Random): number {
  const decade = random.nextInt(3);
  return 200 + random.nextInt([2_000, 20_000, 180_000][decade] ?? 2_000);
}

function drawMoment(fault: FaultKind, visit: number, random: Random): Moment {
  const signal = drawSignal(fault, random);
  const isOfNote = noteSignals.some((name) => name === signal);
  const afterMs = random.nextInt(isOfNote ? 1_600 : 4_000);
  return {
    visit,
    signal,
    nth: isOfNote ? 1 + random.nextInt(3) : 1,
    afterMs: random.nextInt(3) === 0 ? 0 : afterMs,
  };
}

function drawSignal(fault: FaultKind, random: Random): Signal {
  if (fault === 'note-pulled') return 'note inserted';
  if (fault === 'walks-away' || fault === 'tap-storm') return pick(screenSignals, random);
  if (faultKinds[fault].group === 'printer') {
    return pick(['screen paying', 'screen result', 'screen confirm', 'visitor left'] as const, random);
  }
  const dice = random.nextInt(10);
  if (dice < 6) return pick(noteSignals, random);
  return dice < 9 ? pick(screenSignals, random) : pick(rareSignals, random);
}
