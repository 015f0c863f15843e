import type { Random } from '../../terminal/ports.ts';
import type { CcnetSettings } from '../devices/ccnet/settings.ts';
import { seededRandom } from '../random.ts';
import { allFaultKinds, type FaultKind, faultKinds } from './fault-kinds.ts';

/*
 * What one seed has in store: who comes with which notes, and what goes wrong when. Each event can be taken out without
 * changing any other, so that a failing plan can be made short.
 */

export interface Plan {
  readonly seed: number;
  readonly startWallMs: number;
  /** How this acceptor behaves where the protocol leaves it open. */
  readonly habits: Partial<CcnetSettings>;
  readonly events: readonly PlannedEvent[];
}

export type PlannedEvent = PlannedVisit | PlannedFault | PlannedCollection;

export interface PlannedVisit {
  readonly kind: 'visit';
  /** Counts from 0; what happens during a visit names it. */
  readonly visit: number;
  /** Since the visitor before has left. */
  readonly comesAfterMs: number;
  /** Typed after +7. */
  readonly digits: string;
  readonly language: 'kk' | 'ru' | 'en' | 'sw';
  readonly notesTenge: readonly number[];
  /** Between two looks at the screen. */
  readonly paceMs: number;
}

export interface PlannedFault {
  readonly kind: 'fault';
  readonly fault: FaultKind;
  readonly moment: Moment;
  /** Until it is put right, for those that last. */
  readonly lastsMs: number;
  /** Of its own chance, so that no other event changes what it does. */
  readonly dice: number;
}

/** Somebody comes for the cassette when a visitor has left. */
export interface PlannedCollection {
  readonly kind: 'collection';
  /** The visit before. */
  readonly visit: number;
  /** Between two looks at the screen. */
  readonly paceMs: number;
  readonly mishap: CollectionMishap | undefined;
}

/** What comes between, when the collector looks at the screen for that time. */
export interface CollectionMishap {
  readonly kind: (typeof collectionMishaps)[number];
  /** From 0. */
  readonly atLook: number;
  readonly dice: number;
}

export const collectionMishaps = ['crash', 'power-cut', 'dark-swap', 'pulled', 'walks-away'] as const;

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

/** More than an hour needs: a seed that was slowed down by its faults goes on until it has seen enough. */
const visitsMax = 60;
const noonMs = Date.UTC(2026, 10, 22, 6, 30);
const hourMs = 3_600_000;
const quarterDayMs = 6 * hourMs;
/** How many of a hundred kinds of fault are on in a seed. */
const onRates = [4, 8, 15, 25] as const;
const visitsAnHour = 12;
/** From the first knock to the number of the other cassette. */
export const looksOfCollection = 24;
const crowding = [2, 4, visitsAnHour, visitsAnHour] as const;
/** Open wallets of the simulated backend, those with a low limit among them. */
const wallets = ['7010000001', '7010000002', '7010000003', '7010000006', '7010000007', '7010000008'] as const;
const languages = ['kk', 'ru', 'en', 'sw'] as const;
const noteValues = [500, 1_000, 1_000, 2_000, 2_000, 5_000, 10_000, 20_000] as const;

/** `focus`: these faults strike often, and no others: for what a swarm would meet once in thousands of seeds. */
export function drawPlan(seed: number, hours: number, focus?: readonly FaultKind[]): Plan {
  const random = streamOf(seed, 'world');
  const startWallMs = noonMs + random.nextInt(4) * quarterDayMs + random.nextInt(hourMs);
  const habits = drawHabits(random);
  const visitors = streamOf(seed, 'visitors');
  const visits = Array.from({ length: visitsMax * hours }, (_, visit) => drawVisit(visit, visitors));
  const faults = Array.from({ length: hours }, (_, hour) => drawFaults(seed, hour, focus)).flat();
  const collectors = streamOf(seed, 'collectors');
  const collections = Array.from({ length: hours }, (_, hour) => drawCollections(hour, collectors)).flat();
  return { seed, startWallMs, habits, events: [...visits, ...faults, ...collections] };
}

/** Chance of its own for everything that has a name: a new kind of fault changes no other one of the same seed. */
function streamOf(seed: number, name: string): Random {
  let hash = seed ^ 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return seededRandom(hash);
}

function drawVisit(visit: number, random: Random): PlannedVisit {
  const count = 1 + random.nextInt(6);
  return {
    kind: 'visit',
    visit,
    comesAfterMs: 2_000 + random.nextInt(random.nextInt(5) === 0 ? 10_000 : 600_000),
    digits: pick(wallets, random),
    language: pick(languages, random),
    notesTenge: Array.from({ length: count }, () => pick(noteValues, random)),
    paceMs: 300 + random.nextInt(900),
  };
}

/** Far more often than in life, where it is once a day: each one is a chance to lose a cassette's worth. */
function drawCollections(hour: number, random: Random): PlannedCollection[] {
  return Array.from({ length: random.nextInt(3) }, () => {
    const mishap = {
      kind: pick(collectionMishaps, random),
      atLook: random.nextInt(looksOfCollection),
      dice: random.nextInt(2 ** 31),
    };
    return {
      kind: 'collection',
      visit: hour * visitsAnHour + random.nextInt(visitsAnHour),
      paceMs: 600 + random.nextInt(900),
      mishap: random.nextInt(4) === 0 ? undefined : mishap,
    };
  });
}

function drawHabits(random: Random): Partial<CcnetSettings> {
  const isOdd = (): boolean => random.nextInt(3) === 0;
  return {
    ...(isOdd() && { onNak: 'waits-for-command' }),
    ...(isOdd() && { onSilentHost: 'stops-accepting' }),
    ...(isOdd() && { onDisableWithNote: 'returns-note' }),
    ...(isOdd() && { whileEjecting: pick(['returning', 'returned'] as const, random) }),
    ...(isOdd() && { onCassetteBack: 'initializes' }),
    ...(isOdd() && { settingsLegal: pick(['at-rest', 'always'] as const, random) }),
    ...(isOdd() && { setSecurity: 'always-illegal' }),
    ...(isOdd() && { recoveredCreditSurvivesPowerLoss: false }),
    ...(isOdd() && { busyAfterResetMs: random.nextInt(3_000) }),
  };
}

// ---------------------------------------------------------------- what goes wrong

/** Each kind is on or off for the whole seed; those that are on have a rate of their own. */
function drawFaults(seed: number, hour: number, focus?: readonly FaultKind[]): PlannedFault[] {
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

export function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random.nextInt(items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
