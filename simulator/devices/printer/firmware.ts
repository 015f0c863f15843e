import type { Bitmap } from './bitmap.ts';
import type { Mechanism } from './mechanism.ts';
import type { PrinterModel } from './models.ts';
import type { Modes } from './modes.ts';
import type { StatusPush } from './status-push.ts';
import type { Typesetter } from './typesetter.ts';

/** What the commands act on. */
export interface Firmware {
  readonly model: PrinterModel;
  readonly typesetter: Typesetter;
  readonly mechanism: Mechanism;
  readonly statusPush: StatusPush;
  /** Pictures kept in flash over power cuts, by key. */
  readonly logos: Map<string, Bitmap>;
  /** ESC =: while not selected, the printer passes over everything. */
  isSelected: boolean;
  reply(bytes: Uint8Array): void;
  /** A command not known here, or refused. */
  ignore(...command: readonly number[]): void;
  drawerPulse(): void;
}

/** Runs as bytes come: each `yield` is the wait for the next byte, so chunks may be cut anywhere. */
export type Parser<Result = void> = Generator<undefined, Result, number>;

/** What follows the two code bytes of a command. */
export type Command = (firmware: Firmware) => Parser;

/** More than any printer can hold of one command; what goes beyond is passed over, as its length demands. */
const keptBytesMax = 0x4_0000;

export function* takeBytes(count: number): Parser<Uint8Array> {
  const bytes = new Uint8Array(Math.min(count, keptBytesMax));
  for (let at = 0; at < count; at += 1) {
    const byte = yield;
    if (at < keptBytesMax) bytes[at] = byte;
  }
  return bytes;
}

/** A 16-bit number, low byte first. */
export function* takeWord(): Parser<number> {
  const low = yield;
  return low + (yield) * 0x100;
}

/** A command with a fixed number of parameter bytes. */
export function fixed(count: number, run: (firmware: Firmware, ...parameters: number[]) => void): Command {
  return function* (firmware) {
    run(firmware, ...(yield* takeBytes(count)));
  };
}

/** A command with one parameter byte that only sets a mode. */
export function setting<Name extends keyof Modes>(name: Name, read: (n: number) => Modes[Name]): Command {
  return fixed(1, ({ typesetter }, n = 0) => {
    typesetter.modes[name] = read(n);
  });
}

/** The same for a mode given as a distance of 16 bits in horizontal units, at the start of a line only. */
export function lineStartDistance(name: 'leftMarginDots' | 'printWidthDots'): Command {
  return function* ({ typesetter }) {
    const units = yield* takeWord();
    const { modes } = typesetter;
    if (typesetter.isAtLineStart) modes[name] = Math.round(units * modes.horizontalUnitDots);
  };
}

/** Commands known, yet without effect on this paper: each is passed over with its parameters. */
export function passedOver(...commands: readonly (readonly [code: number, count: number])[]) {
  return commands.map(([code, count]): [number, Command] => [code, fixed(count, () => undefined)]);
}

/** Most parameters that are a choice look at their lowest bit only. */
export function isOdd(n: number): boolean {
  return (n & 1) !== 0;
}

/** A small number, or its digit: both mean the same in most commands. */
export function digitOrNumber(n: number): number {
  return n >= 0x30 && n <= 0x39 ? n - 0x30 : n;
}
