import { type AcceptorProtocol, acceptorProtocols } from '../terminal/devices.ts';
import type { Clock } from '../terminal/ports.ts';
import { acceptorFace } from './acceptor-faces.ts';
import { handCommandsHelp, performHandCommand } from './devices/acceptor/hand-commands.ts';
import { AcceptorMechanics } from './devices/acceptor/mechanics.ts';
import { fastTimings, realTimings } from './devices/acceptor/timings.ts';
import { EscPosPrinter } from './devices/printer/escpos-printer.ts';
import { PrinterHands, printerHandCommandsHelp } from './devices/printer/hand-commands.ts';
import { type ModelName, printerModels } from './devices/printer/models.ts';
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

/** What `simulate` is told; each protocol uses what concerns it. */
export interface SimulateOptions extends UnitOptions {
  readonly printerModel: ModelName;
}

/** All that `simulate` can put on a port, by the name given on the command line. */
export const simulatedProtocols: Readonly<Record<string, (options: SimulateOptions) => SimulatedUnit>> = {
  ...Object.fromEntries(
    acceptorProtocols.map((protocol) => [
      protocol,
      (options: UnitOptions) => acceptorUnit(protocol, options),
    ]),
  ),
  escpos: escposUnit,
  'looped-back-cable': ({ clock }) => inertUnit(loopedBackCable(clock)),
  modem: ({ clock }) => inertUnit(modem(clock)),
};

export function acceptorUnit(protocol: AcceptorProtocol, { clock, isFast }: UnitOptions): SimulatedUnit {
  const mechanics = new AcceptorMechanics(clock, isFast ? fastTimings : realTimings);
  return {
    device: acceptorFace(protocol, clock, mechanics),
    help: handCommandsHelp,
    perform: (words) => performHandCommand(mechanics, words),
    listen: (onEvent) => mechanics.listen(onEvent),
    start: () => mechanics.powerOn(),
  };
}

const fastFeedTimes = 20;

export function escposUnit({ clock, isFast, printerModel }: SimulateOptions): SimulatedUnit {
  const model = printerModels[printerModel];
  const feedMmPerS = model.feedMmPerS * (isFast ? fastFeedTimes : 1);
  const printer = new EscPosPrinter({ model: { ...model, feedMmPerS }, clock, flow: 'wire' });
  const hands = new PrinterHands(printer);
  return {
    device: printer,
    help: printerHandCommandsHelp,
    perform: (words) => hands.perform(words),
    listen: (onEvent) => hands.listen(onEvent),
    start: () => printer.powerOn(),
  };
}

/** Nothing on it to lay hands on. */
function inertUnit(device: SimulatedDevice): SimulatedUnit {
  return { device, help: '(no hand actions)', perform: () => false, listen: () => {}, start: () => {} };
}
