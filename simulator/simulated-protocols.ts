import type { Clock } from '../terminal/ports.ts';
import { handCommandsHelp, performHandCommand } from './devices/acceptor/hand-commands.ts';
import { AcceptorMechanics } from './devices/acceptor/mechanics.ts';
import { fastTimings, realTimings } from './devices/acceptor/timings.ts';
import { CcnetAcceptor } from './devices/ccnet/acceptor.ts';
import type { SimulatedDevice } from './devices/simulated-device.ts';
import { loopedBackCable, modem } from './devices/strangers.ts';

/** A simulated device with words for everything a person can do to it. */
export interface SimulatedUnit {
  readonly device: SimulatedDevice;
  /** The hand actions, for people. */
  readonly help: string;
  /** Does what one line of words says; false when it means nothing here. */
  perform(words: readonly string[]): boolean;
  /** Tells what physically happens. */
  listen(onEvent: (event: { readonly kind: string }) => void): void;
  /** Switches it on for the first time. */
  start(): void;
}

export interface UnitOptions {
  readonly clock: Clock;
  /** Mechanics that take 50 ms where real ones take seconds. */
  readonly isFast: boolean;
}

/** All that `simulate` can put on a port, by the name given on the command line. */
export const simulatedProtocols: Readonly<Record<string, (options: UnitOptions) => SimulatedUnit>> = {
  ccnet: ccnetUnit,
  'looped-back-cable': ({ clock }) => inertUnit(loopedBackCable(clock)),
  modem: ({ clock }) => inertUnit(modem(clock)),
};

export function ccnetUnit({ clock, isFast }: UnitOptions): SimulatedUnit {
  const mechanics = new AcceptorMechanics(clock, isFast ? fastTimings : realTimings);
  return {
    device: new CcnetAcceptor(clock, mechanics),
    help: handCommandsHelp,
    perform: (words) => performHandCommand(mechanics, words),
    listen: (onEvent) => mechanics.listen(onEvent),
    start: () => mechanics.powerOn(),
  };
}

/** Nothing on it to lay hands on. */
function inertUnit(device: SimulatedDevice): SimulatedUnit {
  return { device, help: '(no hand actions)', perform: () => false, listen: () => {}, start: () => {} };
}
