import { bringTo } from './stages.ts';
import type { World } from './world.ts';

/** One row of the table of time-outs, and the way to its screen. */
interface TimeoutRow {
  readonly askAfterMs: number;
  readonly to: (world: World) => Promise<void>;
  /** With money in silence pays; a result follows. */
  readonly silence: 'closes' | 'pays';
}

async function toNumber(world: World): Promise<void> {
  await world.toAttract();
  await world.press('start', 'kk');
  await world.press('choose-top-up');
}

/** From the last touch to the question, said again here: not what the table happens to hold. */
export const rows: Readonly<Record<string, TimeoutRow>> = {
  'attract, help open': {
    askAfterMs: 30_000,
    silence: 'closes',
    to: async (world) => {
      await world.toAttract();
      await world.press('open-help');
    },
  },
  service: {
    askAfterMs: 30_000,
    silence: 'closes',
    to: async (world) => {
      await world.toAttract();
      await world.press('start', 'kk');
    },
  },
  number: { askAfterMs: 70_000, silence: 'closes', to: toNumber },
  'check-failed': {
    askAfterMs: 30_000,
    silence: 'closes',
    to: async (world) => {
      await toNumber(world);
      await world.typeNumber('7010000004');
      await world.until('check-failed', 5_000);
    },
  },
  confirm: {
    askAfterMs: 60_000,
    silence: 'closes',
    to: async (world) => {
      await world.toAttract();
      await world.toConfirm();
    },
  },
  'no-paper': {
    askAfterMs: 45_000,
    silence: 'closes',
    to: async (world) => {
      await world.toAttract();
      world.printer.change({ rollMm: 0 });
      await world.clock.advance(10_000);
      await world.toConfirm();
      await world.press('confirm');
    },
  },
  'cash, nothing in': {
    askAfterMs: 60_000,
    silence: 'closes',
    to: (world) => bringTo(world, 'cash, nothing in yet'),
  },
  'cash, money in': {
    askAfterMs: 30_000,
    silence: 'pays',
    to: async (world) => {
      await bringTo(world, 'between notes');
      // Starts the time over, so that it is known from when it runs.
      await world.press('target', '1000000');
    },
  },
  result: {
    askAfterMs: 40_000,
    silence: 'closes',
    to: async (world) => {
      await bringTo(world, 'between notes');
      await world.press('pay');
      await world.until('result', 5_000);
    },
  },
  find: {
    askAfterMs: 70_000,
    silence: 'closes',
    to: async (world) => {
      await world.toAttract();
      await world.press('check-payment');
    },
  },
  found: {
    askAfterMs: 40_000,
    silence: 'closes',
    to: async (world) => {
      await bringTo(world, 'between notes');
      await world.press('pay');
      const { operationNumber } = await world.until('result', 5_000);
      await world.press('done');
      await world.press('check-payment');
      for (const field of [operationNumber, '0001']) {
        await world.press('digit', field.slice(0, 1));
        for (const digit of field.slice(1)) await world.tap('digit', digit);
        await world.tap('next');
      }
      await world.until('found', 5_000);
    },
  },
};
