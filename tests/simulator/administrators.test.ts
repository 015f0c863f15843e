import { describe, expect, test } from 'vitest';
import { productionTerminal } from '../../host/simulate.ts';
import { playSettlement } from '../../simulator/swarm/administrators.ts';
import { closeBooks } from '../../simulator/swarm/audit/books.ts';
import type { Breach } from '../../simulator/swarm/audit/breach.ts';
import { Witness } from '../../simulator/swarm/audit/witness.ts';
import {
  looksOfSettlement,
  type Mishap,
  type PlannedSettlement,
  settlementMishaps,
} from '../../simulator/swarm/planned-errands.ts';
import { Caretaker, queueEmpty } from '../../simulator/swarm/staff.ts';
import { Stage } from '../../simulator/swarm/stage.ts';
import { playVisit } from '../../simulator/swarm/visitor.ts';
import type { WalletFault } from '../../simulator/wallet/faults.ts';
import { SimulatedWorld } from '../../simulator/world.ts';

/* A top-up without its answer, two administrators at the real screen, something between at every look of theirs; the books. */

const terminal = await productionTerminal();
const minuteMs = 60_000;
const wallet = '7010000001';
const otherWallet = '7010000007';
const paidInMinor = 700_000;

interface Settled {
  readonly breaches: readonly Breach[];
  /** What the two have read at last. */
  readonly believed: readonly string[];
  readonly creditedMinor: number;
  readonly reroutedMinor: number;
}

async function settled(fault: WalletFault, plan: Partial<PlannedSettlement>): Promise<Settled> {
  const world = new SimulatedWorld(terminal);
  const breaches: Breach[] = [];
  const accuse = (rule: string, what: string): void => void breaches.push({ rule, what });
  const stage = new Stage(world, terminal, { protocol: 'ccnet', habits: {} });
  const { papers } = new Witness(stage, terminal.words, accuse);
  const { administrators } = terminal.enrolStaff(world.machine, world.clock.wallMs());
  const story = async (): Promise<void> => {
    await stage.start();
    await new Caretaker(stage).attend(minuteMs);
    const mend = world.backend.faults.add(fault, { call: 'top-up' });
    await playVisit(stage, {
      kind: 'visit',
      visit: 0,
      comesAfterMs: 0,
      digits: wallet,
      language: 'ru',
      notesTenge: [5_000, 2_000],
      paceMs: 700,
    });
    await playSettlement(
      stage,
      {
        kind: 'settlement',
        visit: 0,
        paceMs: 900,
        as: 'by-hand',
        wallet: otherWallet,
        mishap: undefined,
        meets: 0,
        ...plan,
      },
      administrators,
    );
    mend();
    if (!(await new Caretaker(stage).attend(10 * minuteMs))) accuse('settle', 'it does not sell again');
    if (!(await queueEmpty(stage, 15 * minuteMs))) accuse('M10', 'the queue is not empty');
  };
  try {
    let isOver = false;
    const told = story().finally(() => {
      isOver = true;
    });
    while (!isOver) await world.clock.advance(1_000);
    await told;
    stage.end();
    closeBooks(stage, papers, accuse);
    for (const mishapOfStage of stage.mishaps) accuse('mishap', mishapOfStage);
    for (const reason of world.fatal) accuse('process', String(reason));
    const balance = (digits: string): number => world.backend.ledger.balanceMinor(`+7${digits}`);
    return {
      breaches,
      believed: [...stage.settledByHand.values()],
      creditedMinor: balance(wallet),
      reroutedMinor: balance(otherWallet),
    };
  } finally {
    stage.end();
    await world.close();
  }
}

const lostBefore: WalletFault = { kind: 'drop-before' };
const lostAfter: WalletFault = { kind: 'drop-after' };

test('money that never came is paid out by hand, and credited to nobody', async () => {
  expect(await settled(lostBefore, { as: 'by-hand' })).toEqual({
    breaches: [],
    believed: ['by-hand'],
    creditedMinor: 0,
    reroutedMinor: 0,
  });
});

test('money that never came goes to the other wallet, once', async () => {
  expect(await settled(lostBefore, { as: 'rerouted' })).toEqual({
    breaches: [],
    believed: ['rerouted'],
    creditedMinor: 0,
    reroutedMinor: paidInMinor,
  });
});

test('money that was credited, with the answer lost, is nobody’s to settle', async () => {
  expect(await settled(lostAfter, { as: 'by-hand' })).toEqual({
    breaches: [],
    believed: [],
    creditedMinor: paidInMinor,
    reroutedMinor: 0,
  });
});

const atEveryLook = settlementMishaps.flatMap((kind) =>
  ([0, 1] as const).map((meets) => ({ kind, meets, person: meets === 0 ? 'first' : 'second' })),
);

describe('At every look', () => {
  test.each(atEveryLook)('$kind before the $person', { timeout: 120_000 }, async ({ kind, meets }) => {
    for (let atLook = 0; atLook < looksOfSettlement; atLook += 1) {
      const mishap: Mishap = { kind, atLook, dice: atLook };
      const as = atLook % 2 === 0 ? 'by-hand' : 'rerouted';
      const { breaches, believed, creditedMinor, reroutedMinor } = await settled(lostBefore, {
        as,
        mishap,
        meets,
      });
      expect({ atLook, breaches }).toEqual({ atLook, breaches: [] });
      // Whoever came too late finds it credited; in all the money has come out at most once.
      const paidOutMinor = believed.includes('by-hand') ? paidInMinor : 0;
      expect(creditedMinor + reroutedMinor + paidOutMinor).toBeLessThanOrEqual(paidInMinor);
    }
  });
});
