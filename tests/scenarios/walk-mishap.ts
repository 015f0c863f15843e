import { expect } from 'vitest';
import { type ExpectedMoney, expectMoney, expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote, nextTenge } from './next-visitor.ts';
import { bringTo, finishVisit, type Stage, screenName, untilScreen } from './stages.ts';
import type { World } from './world.ts';

/* One mishap at one stage, from the moment it strikes to the next visitor's receipt. */

/** What must come of it. */
export interface Outcome extends ExpectedMoney {
  readonly stage: Stage;
  /** The screen's name within a minute. */
  readonly says: string;
  /** The screen's name when the machine has come to itself again. */
  readonly later?: string;
}

export interface Mishap {
  strike(world: World): void | Promise<void>;
  /** Somebody sees to the machine. */
  mend(world: World): void | Promise<void>;
  /** Out of reach, the machine may still draw a note in; it goes back by itself. */
  readonly leavesItEnabled?: true;
  /** From the honest screen to the mending. */
  readonly lastsMs: number;
  /** Until the machine has come to itself again. */
  readonly settlesMs: number;
}

/** Nothing was paid in; what was counted before; that and the note that was on its way. */
export const nothing = { boxedTenge: 0, creditedTenge: 0 } as const;
export const onlyCounted = { boxedTenge: 2_000, creditedTenge: 2_000 } as const;
export const both = { boxedTenge: 7_000, creditedTenge: 7_000 } as const;

/** Strikes, looks at the screen, mends, lets the visitor finish, audits, and serves the next visitor. */
export async function walkMishap(world: World, outcome: Outcome, mishap: Mishap): Promise<void> {
  const { stage, says, later, ...money } = outcome;
  await bringTo(world, stage);
  await mishap.strike(world);
  await untilScreen(world, says);
  await world.clock.advance(1_000);
  if (mishap.leavesItEnabled !== true) expectTakesNoNote(world);
  await world.clock.advance(mishap.lastsMs);
  await mishap.mend(world);
  await world.clock.advance(mishap.settlesMs);
  if (later !== undefined) expect(screenName(world)).toBe(later);
  if (screenName(world) !== 'cash') expectTakesNoNote(world);
  await finishVisit(world);
  await expectMoneySoon(world, money);
  await expectNextVisitorServed(world);
  await world.clock.advance(5_000);
  expectMoney(world, {
    ...money,
    boxedTenge: money.boxedTenge + nextTenge,
    creditedTenge: money.creditedTenge + nextTenge,
  });
}
