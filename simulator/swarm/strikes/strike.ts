import type { Random } from '../../../terminal/ports.ts';
import type { FaultKind } from '../fault-kinds.ts';
import type { Stage } from '../stage.ts';

/** Puts right what a strike has done. Safe when somebody else has put it right already. */
export type Heal = () => void | Promise<void>;

/** What a strike draws from, and for how long it lasts. */
export interface StrikeOrder {
  readonly lastsMs: number;
  readonly chance: Random;
}

/** Does one kind of harm, now; gives how it is put right, unless it passes by itself. */
export type Strike = (stage: Stage, order: StrikeOrder) => Heal | undefined | Promise<Heal | undefined>;

export type Strikes<Kind extends FaultKind> = { readonly [K in Kind]: Strike };

/** The same for harm that passes by itself. */
export function once(strike: (stage: Stage, order: StrikeOrder) => void): Strike {
  return (stage, order) => {
    strike(stage, order);
    return undefined;
  };
}
