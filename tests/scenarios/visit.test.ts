import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { World } from './world.ts';

describe('a visit', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.toAttract();
  });
  afterEach(() => world.close());

  test('two notes, Pay: stacked, credited, printed', async () => {
    await world.toCash();
    await world.pay(5_000);
    await world.pay(2_000);
    await world.press('pay');
    const shown = await world.until('result', 15_000, (screen) => screen.print === 'printed');
    expect(shown.result).toEqual({ kind: 'credited' });
    expect(shown.amountMinor).toBe(700_000);
    expect(world.cassetteMinor()).toBe(700_000);
    expect(world.creditedMinor()).toBe(700_000);
    expect(world.paper).toHaveLength(1);
    expect(world.paper[0]).toContain('7 000');
  });
});
