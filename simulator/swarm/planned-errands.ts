import type { Random } from '../../terminal/ports.ts';
import { pick } from '../random.ts';
import type { PlannedFault } from './planned-faults.ts';
import { visitsAnHour, wallets } from './planned-visits.ts';

/* Who of the staff comes to the terminal's screen, and what comes between. */

/** Somebody comes for the cassette when a visitor has left. */
export interface PlannedCollection {
  readonly kind: 'collection';
  /** The visit before. */
  readonly visit: number;
  /** Between two looks at the screen. */
  readonly paceMs: number;
  readonly mishap: Mishap | undefined;
}

/** Two administrators settle by hand what that visitor's top-up has come to, whatever its answer is by then. */
export interface PlannedSettlement {
  readonly kind: 'settlement';
  /** The visit before. */
  readonly visit: number;
  /** Between two looks at the screen. */
  readonly paceMs: number;
  readonly as: 'by-hand' | 'rerouted';
  /** Where a re-routed one goes: typed after +7. */
  readonly wallet: string;
  readonly mishap: Mishap | undefined;
  /** The first of them or the second has it. */
  readonly meets: 0 | 1;
}

/** What comes between, when somebody of the staff looks at the screen for that time. */
export interface Mishap {
  readonly kind: (typeof collectionMishaps)[number];
  /** From 0. */
  readonly atLook: number;
  readonly dice: number;
}

export const collectionMishaps = ['crash', 'power-cut', 'dark-swap', 'pulled', 'walks-away'] as const;
export const settlementMishaps = ['crash', 'power-cut', 'walks-away'] as const;

/** From the first knock to the number of the other cassette. */
export const looksOfCollection = 24;
/** Of one person, from the first knock to the word on the page that it is settled. */
export const looksOfSettlement = 16;

/** Far more often than in life, where it is once a day: each one is a chance to lose a cassette's worth. */
export function drawCollections(hour: number, random: Random): PlannedCollection[] {
  return Array.from({ length: random.nextInt(3) }, () => {
    const mishap = drawMishap(collectionMishaps, looksOfCollection, random);
    return {
      kind: 'collection',
      visit: hour * visitsAnHour + random.nextInt(visitsAnHour),
      paceMs: 600 + random.nextInt(900),
      mishap: random.nextInt(4) === 0 ? undefined : mishap,
    };
  });
}

function drawMishap(kinds: readonly Mishap['kind'][], looks: number, random: Random): Mishap {
  return { kind: pick(kinds, random), atLook: random.nextInt(looks), dice: random.nextInt(2 ** 31) };
}

/** What leaves a top-up without its answer, or with one that a person must see. */
const unanswered = [
  'network-gone',
  'answer-lost',
  'half-open',
  'backend-slow',
  'server-error',
  'top-up-refused',
  'credited-later',
] as const;

/** Each with something that keeps the answer away, so that there is a top-up to be settled. */
export function drawSettlements(hour: number, random: Random): (PlannedSettlement | PlannedFault)[] {
  return Array.from({ length: random.nextInt(3) }, (): (PlannedSettlement | PlannedFault)[] => {
    const visit = hour * visitsAnHour + random.nextInt(visitsAnHour);
    const mishap = drawMishap(settlementMishaps, looksOfSettlement, random);
    return [
      {
        kind: 'fault',
        fault: pick(unanswered, random),
        moment: { visit, signal: 'screen cash', nth: 1, afterMs: 0 },
        lastsMs: 30_000 + random.nextInt(270_000),
        dice: random.nextInt(2 ** 31),
      },
      {
        kind: 'settlement',
        visit,
        paceMs: 600 + random.nextInt(900),
        as: pick(['by-hand', 'rerouted'] as const, random),
        wallet: pick(wallets, random),
        mishap: random.nextInt(3) === 0 ? undefined : mishap,
        meets: pick([0, 1] as const, random),
      },
    ];
  }).flat();
}
