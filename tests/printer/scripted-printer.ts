import { memoryLine } from '../../hardware/link/memory.ts';
import { createEscposDriver } from '../../hardware/printer/escpos/driver.ts';
import { type EscposProfileName, escposProfiles } from '../../hardware/printer/escpos/profile.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { PrinterReport, PrintOutcome, ReceiptDocument } from '../../terminal/devices.ts';

/** A slip too short to matter. */
export const slip: ReceiptDocument = {
  lines: [{ kind: 'text', text: 'Сынақ', style: 'normal', align: 'left' }],
};

/** A printer that answers from a table and remembers what it was sent; each answer may be overridden or taken away. */
export class ScriptedPrinter {
  readonly received: number[] = [];
  readonly answers = new Map<string, string>([
    ['100401', '12'],
    ['100402', '12'],
    ['100403', '12'],
    ['100404', '12'],
    ['1d7201', '00'],
    ['1d4943', '5f544d2d543838564900'],
    ['10140801031401060208', '372500'],
  ]);
  answersProcessIds = true;
  connections = 0;
  #send: ((bytes: Uint8Array) => void) | undefined;
  #window = '';

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
    if (send !== undefined) this.connections += 1;
    this.#window = '';
  }

  receive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.received.push(byte);
      this.#window = (this.#window + byte.toString(16).padStart(2, '0')).slice(-64);
      this.#answer();
    }
  }

  say(hex: string): void {
    this.#send?.(Uint8Array.from(Buffer.from(hex, 'hex')));
  }

  /** How often these bytes were received. */
  count(hex: string): number {
    return Buffer.from(this.received).toString('hex').split(hex).length - 1;
  }

  #answer(): void {
    const id = /1d284806003030(.{8})$/.exec(this.#window)?.[1];
    if (id !== undefined && this.answersProcessIds) this.say(`3722${id}00`);
    for (const [asked, answer] of this.answers) if (this.#window.endsWith(asked)) this.say(answer);
  }
}

/** The real driver joined to a scripted printer. */
export function scriptedBench(profile: EscposProfileName = 'epson-tm-t88vi', lineBytesPerSecond?: number) {
  const clock = new VirtualClock();
  const printer = new ScriptedPrinter();
  const line = memoryLine(printer, clock);
  const driver = createEscposDriver({
    link: line.link,
    clock,
    profile: escposProfiles[profile],
    lineBytesPerSecond,
  });
  const reports: PrinterReport[] = [];
  const begin = async () => {
    driver.start((report) => reports.push(report));
    await clock.advance(100);
  };
  const print = async (withinMs = 15_000) => {
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => outcome !== undefined, withinMs, 'the end of a print');
    return outcome;
  };
  return { clock, printer, line, driver, reports, begin, print };
}
