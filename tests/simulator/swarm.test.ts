import { describe, expect, test } from 'vitest';
import { productionTerminal } from '../../host/simulate.ts';
import { type Report, runSeed } from '../../simulator/run.ts';
import { shrink } from '../../simulator/shrink.ts';
import { plainReport } from '../../simulator/swarm/summary.ts';
import type { BootParts, TerminalUnderTest } from '../../simulator/terminal-under-test.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { WalletPhone } from '../../terminal/ids.ts';
import { keptSeeds } from '../seeds/kept.ts';

/* Whole simulated hours. Each takes about a second; a slow machine may need several. */

const terminal = await productionTerminal();
const seedMsMax = 60_000;

describe('a kept seed', () => {
  test.each(keptSeeds)('$seed: $why', { timeout: seedMsMax }, async ({ seed }) => {
    const { breaches, visits, notes } = await runSeed(seed, terminal);
    expect(breaches).toEqual([]);
    expect(visits).toBeGreaterThanOrEqual(10);
    expect(notes).toBeGreaterThanOrEqual(30);
  });
});

test('one seed gives one run', { timeout: 2 * seedMsMax }, async () => {
  const run = async (): Promise<unknown> => plainReport(await runSeed(9, terminal), 0);
  expect(await run()).toEqual(await run());
});

/** The first three visits of a seed, without a fault, on a terminal that has been tampered with. */
async function rulesBrokenBy(change: (parts: BootParts) => BootParts): Promise<ReadonlySet<string>> {
  const tampered: TerminalUnderTest = { ...terminal, boot: (parts) => terminal.boot(change(parts)) };
  const { breaches }: Report = await runSeed(1, tampered, { only: [0, 1, 2] });
  return new Set(breaches.map(({ rule }) => rule));
}

describe('the auditor finds a terminal that', () => {
  test('is honest: nothing', async () => {
    expect(await rulesBrokenBy((parts) => parts)).toEqual(new Set());
  });

  test('pays into another wallet than the one on the screen', async () => {
    const stranger = '+77010000009' as WalletPhone;
    const rules = await rulesBrokenBy((parts) =>
      storing(parts, (fact) => (fact.kind === 'operation-opened' ? { ...fact, wallet: stranger } : fact)),
    );
    expect(rules).toContain('M8');
  });

  test('counts a note on the screen that is not stored', async () => {
    const rules = await rulesBrokenBy((parts) =>
      showing(parts, (screen) =>
        screen.kind === 'cash' && screen.insertedMinor > 0
          ? { ...screen, insertedMinor: screen.insertedMinor + 50_000 }
          : screen,
      ),
    );
    expect(rules).toContain('M6');
  });

  test('says credited of what is not', async () => {
    const rules = await rulesBrokenBy((parts) => {
      parts.backend.faults.add({ kind: 'accept', creditAfterMs: 300_000, promises: false });
      return showing(parts, (screen) =>
        screen.kind === 'result' ? { ...screen, result: { kind: 'credited' } } : screen,
      );
    });
    expect(rules).toContain('M9');
  });
});

function storing(parts: BootParts, change: (fact: Fact) => Fact): BootParts {
  return {
    ...parts,
    wrapStore: (store) => {
      const lying = {
        ...store,
        commit: (facts: readonly Fact[], wallMs: number) => store.commit(facts.map(change), wallMs),
      };
      return parts.wrapStore?.(lying) ?? lying;
    },
  };
}

function showing(
  parts: BootParts,
  change: (screen: ScreenView['screen']) => ScreenView['screen'],
): BootParts {
  return { ...parts, onView: (view) => parts.onView({ ...view, screen: change(view.screen) }) };
}

test('a failing plan is made as short as it can be', async () => {
  const asked: (readonly number[])[] = [];
  const fails = async (only: readonly number[]) => {
    asked.push(only);
    return only.includes(3) && only.includes(11) ? [{ rule: 'M4', what: '' }] : [{ rule: 'M9', what: '' }];
  };
  expect(await shrink([...Array(40).keys()], 'M4', fails)).toEqual([3, 11]);
  expect(asked.length).toBeLessThan(60);
});
