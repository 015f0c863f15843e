import { readFileSync } from 'node:fs';
import { simulatedModelOf } from '../../cli/printer-option.ts';
import { memoryLine } from '../../hardware/link/memory.ts';
import { createEscposDriver } from '../../hardware/printer/escpos/driver.ts';
import { type EscposProfileName, escposProfileFor } from '../../hardware/printer/escpos/profile.ts';
import { EscPosPrinter } from '../../simulator/devices/printer/escpos-printer.ts';
import { printerModels } from '../../simulator/devices/printer/models.ts';
import type { Slip } from '../../simulator/devices/printer/paper.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { PrinterReport, PrintOutcome, ReceiptDocument } from '../../terminal/devices.ts';
import type { Words } from '../../terminal/receipt/receipt-data.ts';

export const profileNames = Object.keys(simulatedModelOf) as EscposProfileName[];

const locales = Object.fromEntries(
  ['kk', 'ru', 'en', 'sw'].map((language): [string, Record<string, string>] => [
    language,
    JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8')),
  ]),
);

/** The shipped wording; a slip has no plurals, so filling in is all there is to do. */
export const words: Words = (language, key, values = {}) => {
  const text = locales[language]?.[key];
  if (text === undefined) throw new Error(`${language} has no ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{${name}}`);
};

/** The real driver and the simulated printer of one profile, joined by a line in memory. */
export function printerBench(
  profile: EscposProfileName,
  flow: 'wire' | 'xon-xoff' = 'wire',
  slipHeldSeconds?: number,
) {
  const clock = new VirtualClock();
  const slips: Slip[] = [];
  const refused: string[] = [];
  const seen: string[] = [];
  const printer = new EscPosPrinter({
    model: printerModels[simulatedModelOf[profile]],
    clock,
    flow,
  });
  printer.listen((event) => {
    seen.push(event.kind);
    if (event.kind === 'printed') slips.push(event.slip);
    if (event.kind === 'command-ignored') refused.push(event.command);
  });
  const line = memoryLine(printer, clock);
  const reports: PrinterReport[] = [];
  // As fast as 115 200 baud: without a pace the printer's buffer runs over where nothing holds the host back.
  const driver = createEscposDriver({
    link: line.link,
    clock,
    profile: escposProfileFor(profile, slipHeldSeconds),
    lineBytesPerSecond: flow === 'xon-xoff' ? 11_520 : undefined,
  });
  const begin = async () => {
    driver.start((report) => reports.push(report));
    await clock.advanceUntil(() => reports.length > 0, 30_000, 'the first report');
  };
  /** Prints, and at `at` lets `mishap` happen. */
  const print = async (document: ReceiptDocument, mishap?: { afterMs: number; happen: () => void }) => {
    let outcome: PrintOutcome | undefined;
    void driver.print(document).then((ended) => {
      outcome = ended;
    });
    if (mishap !== undefined) {
      await clock.advance(mishap.afterMs);
      mishap.happen();
    }
    await clock.advanceUntil(() => outcome !== undefined, 60_000, 'the end of a print');
    return outcome;
  };
  return { clock, printer, line, driver, slips, seen, refused, reports, begin, print };
}
