import { afterEach, beforeEach, expect, test } from 'vitest';
import { minorFromTenge } from '../../terminal/money.ts';
import { expectMoneySoon } from './expect-money.ts';
import { bringTo } from './stages.ts';
import { both } from './walk-mishap.ts';
import { World } from './world.ts';

/* Canaries: an auditor who cannot find anything wrong proves nothing. */

let world: World;
beforeEach(async () => {
  world = new World();
  await bringTo(world, 'result');
});
afterEach(() => world.close());

test('an honest visit passes', () => expectMoneySoon(world, both));

test('a credited note that is in no cassette is found', async () => {
  const [stacked] = world.acceptorEvents.filter((event) => event.kind === 'note-stacked');
  world.acceptorEvents.splice(world.acceptorEvents.indexOf(stacked ?? raise()), 1);
  await expect(expectMoneySoon(world, { ...both, boxedTenge: 5_000 })).rejects.toThrow('not in any cassette');
});

test('a note in the cassette that no book knows is found', async () => {
  const note = { noteId: 99, valueMinor: minorFromTenge(500), currency: 'KZT', condition: 'good' } as const;
  world.acceptorEvents.push({ kind: 'note-stacked', note });
  await expect(expectMoneySoon(world, { ...both, boxedTenge: 7_500 })).rejects.toThrow(
    'neither stacked nor unknown',
  );
});

test('a sum on the last screen that is not the one on its way is found', async () => {
  const view = world.views.findLast(({ screen }) => screen.kind === 'result') ?? raise();
  if (view.screen.kind !== 'result') raise();
  world.views.push({ ...view, screen: { ...world.screen('result'), amountMinor: 800_000 } });
  await expect(expectMoneySoon(world, both)).rejects.toThrow('the sum on the last screen');
});

test('an alarm nobody raised is missed', async () => {
  world.facts.push({ kind: 'note-unknown', noteId: 'a note' as never, why: 'jam' });
  await expect(expectMoneySoon(world, both)).rejects.toThrow('one alarm for each unknown note');
});

test('a top-up that has not reached the wallet is found', async () => {
  await world.press('done');
  await world.toCash('7010000007');
  await world.pay(1_000);
  world.network.plugged = false;
  await world.press('pay');
  await expect(expectMoneySoon(world, { boxedTenge: 8_000, creditedTenge: 8_000 })).rejects.toThrow(
    'credited to wallets',
  );
});

function raise(): never {
  throw new Error('not there');
}
