import { type Command, type Firmware, fixed, type Parser, takeBytes } from './firmware.ts';
import type { IfLeft } from './job.ts';

/*
 * Custom's presenter, counters and pushed status (ESC/POS §3). A printer of another make takes the two code bytes for
 * a mistake and prints what follows as letters, like any firmware that meets an unknown command.
 */

const presenterStepMm = 5;

interface EjectorAction {
  readonly parameters: number;
  readonly run: (firmware: Firmware, first: number, second: number) => void;
}

function presentSteps({ mechanism }: Firmware, steps: number, ifLeft: IfLeft | undefined): void {
  mechanism.enqueue({ kind: 'present', lengthMm: steps * presenterStepMm, ifLeft });
}

/** GS e n. Holding the ticket while printing (12) is what this presenter always does. */
const ejectorActions: ReadonlyMap<number, EjectorAction> = new Map<number, EjectorAction>([
  [0x02, { parameters: 0, run: ({ mechanism }) => mechanism.enqueue({ kind: 'retract' }) }],
  [0x03, { parameters: 1, run: (firmware, steps) => presentSteps(firmware, steps, undefined) }],
  [0x05, { parameters: 0, run: ({ mechanism }) => mechanism.enqueue({ kind: 'eject' }) }],
  [0x06, { parameters: 0, run: (firmware) => firmware.reply(Uint8Array.of(ejectorStatus(firmware))) }],
  [0x12, { parameters: 0, run: () => undefined }],
  [0x14, { parameters: 0, run: () => undefined }],
  [
    0x20,
    {
      parameters: 2,
      run: (firmware, steps, seconds) => presentSteps(firmware, steps, ifLeft('retract', seconds)),
    },
  ],
]);

function ifLeft(action: IfLeft['action'] | undefined, seconds: number): IfLeft | undefined {
  return action === undefined || seconds === 0 ? undefined : { action, afterMs: seconds * 1_000 };
}

function* ejector(firmware: Firmware): Parser {
  if (!firmware.model.hasPresenter) {
    firmware.ignore(0x1d, 0x65);
    return;
  }
  const n = yield;
  const action = ejectorActions.get(n);
  if (action === undefined) {
    firmware.ignore(0x1d, 0x65, n);
    return;
  }
  const [first = 0, second = 0] = yield* takeBytes(action.parameters);
  action.run(firmware, first, second);
}

function ejectorStatus({ mechanism }: Firmware): number {
  const c = mechanism.conditions;
  let byte = 0;
  if (c.isPaperNearEnd) byte |= 0x01;
  if (mechanism.presenter.hasTicketInside) byte |= 0x04;
  if (c.isTicketInMouth) byte |= 0x08;
  if (c.isMotorOn) byte |= 0x20;
  if (c.hasCutterError || c.isBroken) byte |= 0x40;
  if (c.hasJam) byte |= 0x80;
  return byte;
}

const leftActions: ReadonlyMap<number, IfLeft['action']> = new Map([
  [0x45, 'eject'],
  [0x52, 'retract'],
]);

/** FS P steps blink c t: present, then eject or retract what nobody took after t seconds. */
export const present: Command = function* (firmware) {
  if (!firmware.model.hasPresenter) {
    firmware.ignore(0x1c, 0x50);
    return;
  }
  const [steps = 0, blink = 0, action = 0, seconds = 0] = yield* takeBytes(4);
  if (!leftActions.has(action)) firmware.ignore(0x1c, 0x50, steps, blink, action, seconds);
  presentSteps(firmware, steps, ifLeft(leftActions.get(action), seconds));
};

function counter(code: number, unit: string, read: (firmware: Firmware) => number): [number, Command] {
  const run = fixed(0, (firmware) => {
    if (!firmware.model.hasCustomStatus) firmware.ignore(0x1d, code);
    else firmware.reply(new TextEncoder().encode(`${Math.floor(read(firmware))}${unit}`));
  });
  return [code, run];
}

function pushedStatus(firmware: Firmware, enabled: number): void {
  if (firmware.model.hasCustomStatus) firmware.statusPush.enableCustom(enabled);
  else firmware.ignore(0x1d, 0xe0, enabled);
}

/** Only the first counter's form is documented (`510cm`); the others follow it. */
export const customCommands: readonly (readonly [number, Command])[] = [
  [0x65, ejector],
  [0xe0, fixed(1, pushedStatus)],
  counter(0xe1, 'cm', ({ mechanism }) => mechanism.circumstances.rollMm / 10),
  counter(0xe2, 'cuts', ({ mechanism }) => mechanism.counters.cuts),
  counter(0xe3, 'cm', ({ mechanism }) => mechanism.counters.fedMm / 10),
  counter(0xe4, 'ret', ({ mechanism }) => mechanism.presenter.retractCount),
  counter(0xe5, 'on', ({ mechanism }) => mechanism.counters.powerUps),
];
