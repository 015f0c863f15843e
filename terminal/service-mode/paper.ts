import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { PrintOutcome } from '../devices.ts';
import { receiptTerminal } from '../receipt/receipt-terminal.ts';
import type { SignedIn } from '../staff/staff.ts';
import type { PaperPage } from './device-pages.ts';
import { openDevices } from './devices.ts';
import type { StaffPressed } from './event.ts';
import { stay, turnTo } from './pages.ts';
import type { ServiceMode } from './state.ts';

/*
 * A new roll, as a job with an end: old roll out, new one in, cover shut, a test slip printed and cut. The count of slips
 * starts over only when the printer has proven the last step.
 */

export function openPaper(terminal: Terminal, who: SignedIn, context: Context): Decision {
  return turnTo(terminal, { kind: 'paper', who, print: { kind: 'none' } }, context);
}

/** A test slip is asked for once the printer says that it is ready. */
export function mayTryPaper({ health }: Terminal, { print }: PaperPage): boolean {
  return health.printer.ready && print.kind !== 'printing' && print.kind !== 'printed';
}

export function onPaperPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: PaperPage,
  press: StaffPressed,
  context: Context,
): Decision {
  switch (press.action) {
    case 'staff-back':
      return openDevices(terminal, page.who, context, 'printer');
    case 'staff-test':
      return mayTryPaper(terminal, page) ? printAndCut(terminal, mode, page, context) : decided(terminal);
    default:
      return decided(terminal);
  }
}

function printAndCut(terminal: Terminal, mode: ServiceMode, page: PaperPage, context: Context): Decision {
  const { printId } = context.fresh;
  const { staffId: technician } = page.who;
  const testPage = {
    terminal: receiptTerminal(context.settings),
    technician,
    atMs: context.now.wallMs,
  };
  return andThen(stay(terminal, mode, { ...page, print: { kind: 'printing', printId } }), (next) =>
    decided(next, { effects: [{ kind: 'print-test-page', printId, page: testPage }] }),
  );
}

export function onPaperTried(
  terminal: Terminal,
  mode: ServiceMode,
  page: PaperPage,
  printId: string,
  outcome: PrintOutcome['kind'],
): Decision {
  if (page.print.kind !== 'printing' || page.print.printId !== printId) return decided(terminal);
  return andThen(stay(terminal, mode, { ...page, print: { kind: outcome } }), (next) =>
    decided(next, {
      facts: outcome === 'printed' ? [{ kind: 'paper-changed', by: page.who.staffId }] : [],
    }),
  );
}
