import { writeFileSync } from 'node:fs';
import { type HandChanges, nearEndMm } from './circumstances.ts';
import type { EscPosPrinter } from './escpos-printer.ts';
import type { Slip } from './paper.ts';
import type { PrinterEvent } from './printer-event.ts';
import { photographOf } from './slip-picture.ts';

const changes: Readonly<Record<string, HandChanges>> = {
  'paper out': { rollMm: 0 },
  'cover open': { isCoverOpen: true },
  'cover close': { isCoverOpen: false },
  'cutter jam': { isCutterStuck: true },
  'cutter clear': { isCutterStuck: false },
  'paper jam': { isPaperStuck: true },
  'paper clear': { isPaperStuck: false },
  'head hot': { isHeadHot: true },
  'head cool': { isHeadHot: false },
  'button hold': { isButtonHeld: true },
  'button release': { isButtonHeld: false },
  'drawer open': { isDrawerPinHigh: true },
  'drawer close': { isDrawerPinHigh: false },
  break: { isBroken: true },
  mend: { isBroken: false },
  hang: { isHung: true },
  unhang: { isHung: false },
  lie: { rollMm: 0, doesPaperSensorLie: true },
};

const actions: Readonly<Record<string, (printer: EscPosPrinter) => void>> = {
  'paper low': (printer) => printer.change({ rollMm: Math.min(printer.circumstances.rollMm, nearEndMm) }),
  'paper in': (printer) => printer.putNewRoll(),
  take: (printer) => printer.takeTicket(),
  tear: (printer) => printer.tear(),
  'power off': (printer) => printer.powerOff(),
  'power on': (printer) => printer.powerOn(),
};

export const printerHandCommandsHelp = [
  ...Object.keys(actions),
  ...Object.keys(changes),
  'paper left <mm>',
  'power off after <bytes>',
  'text',
  'png <file>',
].join(' | ');

/** What the console tells of a printer: its events, slips as their text, and what was asked of the last slip. */
export type ConsoleEvent =
  | {
      readonly kind: 'printed' | 'torn';
      readonly number: number;
      readonly cut: string;
      readonly text: string;
    }
  | {
      readonly kind: 'ticket-taken' | 'ticket-retracted' | 'ticket-ejected';
      readonly number: number;
    }
  | { readonly kind: 'text'; readonly number: number; readonly text: string }
  | { readonly kind: 'picture'; readonly number: number; readonly file: string }
  | { readonly kind: 'no-slip' }
  | Exclude<PrinterEvent, { readonly slip: Slip }>;

/** A person at the printer, who acts on words and remembers the last slip that came out. */
export class PrinterHands {
  readonly #printer: EscPosPrinter;
  readonly #listeners: ((event: ConsoleEvent) => void)[] = [];
  #lastSlip: Slip | undefined;

  constructor(printer: EscPosPrinter) {
    this.#printer = printer;
    printer.listen((event) => {
      if (event.kind === 'printed' || event.kind === 'torn') this.#lastSlip = event.slip;
      this.#tell(consoleEvent(event));
    });
  }

  listen(listener: (event: ConsoleEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Does what one line of words says; false when it means nothing here. */
  perform(words: readonly string[]): boolean {
    const command = words.join(' ');
    const change = Object.hasOwn(changes, command) ? changes[command] : undefined;
    const action = Object.hasOwn(actions, command) ? actions[command] : undefined;
    if (change !== undefined) this.#printer.change(change);
    else if (action !== undefined) action(this.#printer);
    else return this.#performWithArgument(command);
    return true;
  }

  #performWithArgument(command: string): boolean {
    const [, paperLeftMm] = /^paper left (\d{1,6})$/.exec(command) ?? [];
    const [, byteCount] = /^power off after (\d{1,9})$/.exec(command) ?? [];
    const [, file] = /^png (.+)$/.exec(command) ?? [];
    if (paperLeftMm !== undefined) this.#printer.change({ rollMm: Number(paperLeftMm) });
    else if (byteCount !== undefined) this.#printer.powerOffAfterBytes(Number(byteCount));
    else if (command === 'text' || file !== undefined) this.#showLastSlip(file);
    else return false;
    return true;
  }

  #showLastSlip(file: string | undefined): void {
    const slip = this.#lastSlip;
    if (slip === undefined) {
      this.#tell({ kind: 'no-slip' });
    } else if (file === undefined) {
      this.#tell({ kind: 'text', number: slip.number, text: slip.text });
    } else {
      writeFileSync(file, photographOf(slip, this.#printer.model));
      this.#tell({ kind: 'picture', number: slip.number, file });
    }
  }

  #tell(event: ConsoleEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function consoleEvent(event: PrinterEvent): ConsoleEvent {
  switch (event.kind) {
    case 'printed':
    case 'torn': {
      const { number, bottomEdge, text } = event.slip;
      return { kind: event.kind, number, cut: bottomEdge, text };
    }
    case 'ticket-taken':
    case 'ticket-retracted':
    case 'ticket-ejected':
      return { kind: event.kind, number: event.slip.number };
    default:
      return event;
  }
}
