import type { AcceptorProtocol } from '../terminal/devices.ts';
import type { Clock } from '../terminal/ports.ts';
import type { AcceptorMechanics } from './devices/acceptor/mechanics.ts';
import type { TaughtNote } from './devices/acceptor/notes.ts';
import { CcnetAcceptor } from './devices/ccnet/acceptor.ts';
import { type CcnetSettings, usualCcnetSettings } from './devices/ccnet/settings.ts';
import { EbdsAcceptor } from './devices/ebds/acceptor.ts';
import { type EbdsSettings, usualEbdsSettings } from './devices/ebds/settings.ts';
import { EsspAcceptor } from './devices/essp/acceptor.ts';
import { type EsspSettings, usualEsspSettings } from './devices/essp/settings.ts';
import { Id003Acceptor } from './devices/id003/acceptor.ts';
import { type Id003Settings, usualId003Settings } from './devices/id003/settings.ts';
import type { SimulatedDevice } from './devices/simulated-device.ts';

/** What each protocol's simulated firmware can be told about itself. */
export interface AcceptorHabits {
  readonly ccnet: CcnetSettings;
  readonly id003: Id003Settings;
  readonly essp: EsspSettings;
  readonly ebds: EbdsSettings;
}

/** A simulated acceptor as one protocol shows it: the same mechanics behind another wire. */
export interface AcceptorFace<Protocol extends AcceptorProtocol = AcceptorProtocol> extends SimulatedDevice {
  /** Other habits from now on. */
  changeSettings(changes: Partial<AcceptorHabits[Protocol]>): void;
  /** Another data set from now on: these notes, in this order. */
  teach(notes: readonly TaughtNote[]): void;
}

const usual: AcceptorHabits = {
  ccnet: usualCcnetSettings,
  id003: usualId003Settings,
  essp: usualEsspSettings,
  ebds: usualEbdsSettings,
};

/** How a firmware of that protocol behaves unless told otherwise. */
export function usualHabits<Protocol extends AcceptorProtocol>(protocol: Protocol): AcceptorHabits[Protocol] {
  return usual[protocol];
}

type Faces = {
  readonly [Protocol in AcceptorProtocol]: (
    clock: Clock,
    mechanics: AcceptorMechanics,
    habits: Partial<AcceptorHabits[Protocol]>,
  ) => AcceptorFace<Protocol>;
};

const faces: Faces = {
  id003: (clock, mechanics, habits) => new Id003Acceptor(clock, mechanics, { ...usual.id003, ...habits }),
  essp: (clock, mechanics, habits) => new EsspAcceptor(clock, mechanics, { ...usual.essp, ...habits }),
  ebds: (clock, mechanics, habits) => new EbdsAcceptor(clock, mechanics, { ...usual.ebds, ...habits }),
  ccnet: (clock, mechanics, habits) => new CcnetAcceptor(clock, mechanics, { ...usual.ccnet, ...habits }),
};

/** Puts a protocol's firmware on a machine that has none yet; `habits` are those that differ from the usual ones. */
export function acceptorFace<Protocol extends AcceptorProtocol>(
  protocol: Protocol,
  clock: Clock,
  mechanics: AcceptorMechanics,
  habits: Partial<AcceptorHabits[Protocol]> = {},
): AcceptorFace<Protocol> {
  return faces[protocol](clock, mechanics, habits);
}
