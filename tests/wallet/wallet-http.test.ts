import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../host/system-clock.ts';
import type { WalletPhone } from '../../terminal/ids.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import { checkCall } from '../../terminal/wallet/codec-terminal.ts';
import { topUpCall } from '../../terminal/wallet/codec-top-up.ts';
import { aigul, openWorld, topUpOf, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('the usual way', () => {
  test('a check gives the masked holder, the allowance and a hold', async () => {
    const answer = await world.ask(checkCall, { wallet: aigul });
    expect(answer).toMatchObject({
      kind: 'open',
      holderName: 'Айгүл С.',
      allowanceMinor: minorFromTenge(500_000),
      hold: { untilMs: expect.any(Number) },
    });
  });

  test.each([
    ['+77010000004', 'wallet-blocked'],
    ['+77010000005', 'wallet-exhausted'],
    ['+77019999999', 'wallet-unknown'],
  ])('%s is refused before cash: %s', async (phone, kind) => {
    expect(await world.ask(checkCall, { wallet: phone as WalletPhone })).toEqual({ kind });
  });

  test('a top-up is credited once, however often it is sent', async () => {
    const request = topUpOf(systemClock);
    const first = await world.ask(topUpCall, request);
    expect(first.kind).toBe('credited');
    expect(await world.ask(topUpCall, request)).toEqual(first);
    expect(world.backend.ledger.creditedMinor(request.operationId)).toBe(request.amountMinor);
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(request.amountMinor);
    world.backend.ledger.check();
  });
});
