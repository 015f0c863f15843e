import { VirtualClock } from '../../virtual-clock.ts';
import { EscPosPrinter } from './escpos-printer.ts';
import { type ModelName, printerModels } from './models.ts';
import type { Slip } from './paper.ts';
import type { PrinterEvent } from './printer-event.ts';

/** Bytes as a test likes to write them: `'1b 40'` is hex, a number a byte, `text('…')` letters. */
export type Wire = string | number | Uint8Array | readonly Wire[];

export function wire(...parts: readonly Wire[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(flatten));
}

function flatten(part: Wire): number[] {
  if (typeof part === 'number') return [part];
  if (typeof part === 'string') return [...Buffer.from(part.replaceAll(' ', ''), 'hex')];
  if (part instanceof Uint8Array) return [...part];
  return part.flatMap(flatten);
}

/** ASCII; a line feed is `\n`. */
export function text(letters: string): Uint8Array {
  return new TextEncoder().encode(letters);
}

/** GS V 42 00: feed to the knife and cut, leaving a nib. */
export const feedAndCut = '1d 56 42 00';

/** A simulated printer with a host that only records. */
export class PrinterBench {
  readonly clock = new VirtualClock();
  readonly printer: EscPosPrinter;
  readonly events: PrinterEvent[] = [];
  #answers: number[] = [];

  constructor(modelName: ModelName = 'epson-tm-t88vi', flow: 'wire' | 'xon-xoff' = 'wire') {
    this.printer = new EscPosPrinter({ model: printerModels[modelName], clock: this.clock, flow });
    this.printer.listen((event) => this.events.push(event));
    this.printer.connect((bytes) => this.#answers.push(...bytes));
  }

  send(...parts: readonly Wire[]): void {
    this.printer.receive(wire(...parts));
  }

  /** What the printer has said since the last time this was asked, in hex. */
  answers(): string {
    const hex = Buffer.from(this.#answers).toString('hex');
    this.#answers = [];
    return hex;
  }

  /** Sends and returns what is answered at once. */
  ask(...parts: readonly Wire[]): string {
    this.answers();
    this.send(...parts);
    return this.answers();
  }

  /** Long enough for anything in the queue to be printed and cut. */
  async settle(): Promise<void> {
    await this.clock.advance(20_000);
  }

  slips(): Slip[] {
    return this.events.flatMap((event) =>
      event.kind === 'printed' || event.kind === 'torn' ? [event.slip] : [],
    );
  }

  kinds(): string[] {
    return this.events.map(({ kind }) => kind);
  }

  ignored(): string[] {
    return this.events.flatMap((event) => (event.kind === 'command-ignored' ? [event.command] : []));
  }

  /** Prints, feeds to the knife, cuts, and returns the slip. */
  async slipOf(...parts: readonly Wire[]): Promise<Slip> {
    this.send(...parts, feedAndCut);
    await this.settle();
    const slip = this.slips().at(-1);
    if (slip === undefined) throw new Error('no slip came out');
    return slip;
  }
}

/** The slip's dots as rows of `#` and `.`, white rows at both ends left out, cut at the last black column. */
export function dots(slip: Slip): string[] {
  const { picture } = slip;
  const rows = Array.from({ length: picture.heightDots }, (_, y) =>
    Array.from({ length: picture.widthDots }, (_, x) => (picture.isBlack(x, y) ? '#' : '.')).join(''),
  );
  const first = rows.findIndex((row) => row.includes('#'));
  const last = rows.findLastIndex((row) => row.includes('#'));
  return rows.slice(first, last + 1).map((row) => row.replace(/\.+$/, ''));
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The smallest rectangle that holds all black dots; right and bottom are the last black ones. */
export function inkBox({ picture }: Slip): Box {
  let [left, right, top, bottom] = [picture.widthDots, -1, picture.heightDots, -1];
  for (let y = 0; y < picture.heightDots; y += 1) {
    for (let x = 0; x < picture.widthDots; x += 1) {
      if (!picture.isBlack(x, y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, right, top, bottom };
}
