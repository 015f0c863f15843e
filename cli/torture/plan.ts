import type { Random } from '../../terminal/ports.ts';

/* What is to happen in one cycle, drawn from the seed. */

/** After which sign the process is killed. */
const signs = [
  'fork',
  'named-screen',
  'choosing',
  'cash',
  'note-inserted',
  'note-escrowed',
  'note-stacking',
  'note-stacked',
  'paying',
  'result',
] as const;

export type Sign = (typeof signs)[number];

export interface CyclePlan {
  readonly sign: Sign;
  /** From the sign to the kill; a share of the last start's duration for `fork`. */
  readonly delayShare: number;
  /** Which of this cycle's notes the sign belongs to, from 1. */
  readonly nthNote: number;
  /** The wallet's ten digits. */
  readonly wallet: string;
  readonly notesTenge: readonly number[];
  /** The acceptor loses its power so long before the kill; `undefined`: it keeps it. */
  readonly powerCutBeforeMs: number | undefined;
  /** From the restart until the acceptor has power again. */
  readonly powerBackAfterMs: number;
  /** The backend applies one request whose answer is lost. */
  readonly losesAnswer: boolean;
  /** What time passes while no process runs. */
  readonly deadForMs: number;
}

/** Most kills fall where a note moves or money is paid: there a loss would hide. */
const weights: Readonly<Record<Sign, number>> = {
  fork: 15,
  'named-screen': 4,
  choosing: 6,
  cash: 6,
  'note-inserted': 10,
  'note-escrowed': 14,
  'note-stacking': 14,
  'note-stacked': 14,
  paying: 11,
  result: 6,
};

/** How long after a sign the kill may come. */
export const delayMsMax: Readonly<Record<Sign, number>> = {
  fork: 0,
  'named-screen': 600,
  choosing: 2_500,
  cash: 400,
  'note-inserted': 80,
  'note-escrowed': 120,
  'note-stacking': 80,
  'note-stacked': 200,
  paying: 250,
  result: 800,
};

/** Of those whom no daily limit stops. */
const wallets = ['7010000001', '7010000002', '7010000007'] as const;
const notesTenge = [500, 1_000, 2_000, 5_000] as const;

export function drawCycle(random: Random): CyclePlan {
  const share = (): number => random.nextInt(1_000_000) / 1_000_000;
  const nthNote = 1 + random.nextInt(3);
  return {
    sign: drawSign(random),
    delayShare: share(),
    nthNote,
    wallet: drawn(random, wallets),
    notesTenge: Array.from({ length: nthNote + random.nextInt(2) }, () => drawn(random, notesTenge)),
    powerCutBeforeMs: random.nextInt(5) === 0 ? random.nextInt(60) : undefined,
    powerBackAfterMs: random.nextInt(1_500),
    losesAnswer: random.nextInt(8) === 0,
    // Short enough for a visit to be resumed, or long enough that five crashes do not fall into ten minutes.
    deadForMs: random.nextInt(5) < 2 ? random.nextInt(60_000) : 200_000 + random.nextInt(200_000),
  };
}

function drawSign(random: Random): Sign {
  let left = random.nextInt(signs.reduce((sum, sign) => sum + weights[sign], 0));
  for (const sign of signs) {
    left -= weights[sign];
    if (left < 0) return sign;
  }
  return 'fork';
}

function drawn<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[random.nextInt(items.length)] ?? items[0];
}
