import { expect } from 'vitest';
import { readBooks } from './expect-money.ts';
import type { World } from './world.ts';

const formerHolder = 'Айгүл С.';
const nextDigits = '7010000007';
export const nextTenge = 1_000;

/** A note held to the mouth stays in the hand: the acceptor is disabled, or cannot draw anything in. */
export function expectTakesNoNote(world: World): void {
  world.insert(500);
  expect(world.acceptorEvents.at(-1)?.kind, 'the acceptor took a note').toBe('note-refused');
}

/**
 * The terminal is for sale again: another visitor pays into another wallet, gets exactly that credited, and sees nothing
 * of the one before.
 */
export async function expectNextVisitorServed(world: World, tenge = nextTenge): Promise<void> {
  await world.until('attract', 60_000);
  const formerNumbers = readBooks(world).operations.map((operation) => operation.operationNumber);
  const balanceMinor = world.backend.ledger.balanceMinor(`+7${nextDigits}`);
  const viewsBefore = world.views.length;
  await world.toCash(nextDigits);
  await world.pay(tenge);
  await world.press('pay');
  const shown = await world.until('result', 15_000);
  expect(shown.result.kind).toBe('credited');
  expect(shown.amountMinor).toBe(tenge * 100);
  expect(world.backend.ledger.balanceMinor(`+7${nextDigits}`)).toBe(balanceMinor + tenge * 100);
  const seen = JSON.stringify(world.views.slice(viewsBefore));
  for (const trace of [formerHolder, ...formerNumbers]) expect(seen).not.toContain(trace);
}
