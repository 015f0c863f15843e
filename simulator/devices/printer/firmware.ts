import type { Bitmap } from './bitmap.ts';
import type { Mechanism } from './mechanism.ts';
import type { PrinterModel } from './models.ts';
import type { Typesetter } from './typesetter.ts';

/** What the commands act on. */
export interface Firmware {
  readonly model: PrinterModel;
  readonly typesetter: Typesetter;
  readonly mechanism: Mechanism;
  /** Pictures kept in flash over power cuts, by key. */
  readonly logos: Map<string, Bitmap>;
  /** ESC =: while not selected, the printer passes over everything. */
  isSelected: boolean;
  reply(bytes: Uint8Array): void;
  /** ESC @. */
  initialise(): void;
  setAutomaticStatus(enabled: number): void;
  setCustomStatus(enabled: number): void;
  /** A command not known here, or refused. */
  ignore(...command: readonly number[]): void;
  drawerPulse(): void;
}

/** Runs as bytes come: each `yield` is the wait for the next byte, so chunks may be cut anywhere. */
export type Parser<Result = void> = Generator<undefined, Result, number>;

export function* takeBytes(count: number): Parser<Uint8Array> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) bytes[at] = yield;
  return bytes;
}

/** A 16-bit number, low byte first. */
export function* takeWord(): Parser<number> {
  const low = yield;
  return low + (yield) * 0x100;
}

export type Command = (firmware: Firmware) => Parser;

/** A command with a fixed number of parameter bytes. */
export function fixed(count: number, run: (firmware: Firmware, ...parameters: number[]) => void): Command {
  return function* (firmware) {
    run(firmware, ...(yield* takeBytes(count)));
  };
}
