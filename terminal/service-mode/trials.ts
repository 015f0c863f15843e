import { assert } from '../assert.ts';
import type { Context, Surroundings } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { TestEnd } from '../device-facts.ts';
import type { AcceptorReport, PrintOutcome } from '../devices.ts';
import type { Fact } from '../facts.ts';
import type { Minor } from '../money.ts';
import { receiptTerminal } from '../receipt/receipt-terminal.ts';
import { troubleOf } from '../session/visit.ts';
import { isNoteMoving } from '../till/state.ts';
import { type DevicesPage, isGlassTrial } from './device-pages.ts';
import type { DeviceTest, LedgerOutcome, LinkOutcome, TestedNote } from './device-test.ts';
import { beginGlassTrial } from './glass-trials.ts';
import { stay, watch } from './pages.ts';
import type { ServiceMode } from './state.ts';

/* Trials of devices by those who look after them. None of them moves money, and each leaves a row with a name on it. */

const linkDeadlineMs = 10_000;
const notesShown = 3;

/** Whether the chosen device can be tried now; a running trial of notes can always be ended. */
export function mayTry(terminal: Terminal, page: DevicesPage, context: Surroundings): boolean {
  switch (page.test?.kind) {
    case 'notes':
      return true;
    case 'page':
      if (page.test.print.kind === 'printing') return false;
      break;
    case 'link':
    case 'ledger':
      if (page.test.outcome === undefined) return false;
      break;
    case 'touch':
    case 'picture':
      if (isGlassTrial(page)) return false;
      break;
    case undefined:
  }
  return page.device !== 'acceptor' || mayTakeTestNotes(terminal, context);
}

/**
 * Everything that has to be well before a visitor's note may go in has to be well before a test note may, but for a
 * terminal that was closed on purpose: to try it is often why.
 */
export function isFitForTrial(terminal: Terminal, context: Surroundings): boolean {
  const trouble = troubleOf(terminal, context);
  return trouble === undefined || trouble === 'closed';
}

function mayTakeTestNotes(terminal: Terminal, context: Surroundings): boolean {
  const { till } = terminal;
  return till.operation === undefined && !isNoteMoving(till) && isFitForTrial(terminal, context);
}

/** The acceptor is open for notes that are only looked at. */
export function isNoteTrial({ serviceMode }: Terminal): boolean {
  const page = serviceMode?.page;
  return page?.kind === 'devices' && page.test?.kind === 'notes';
}

export function tryDevice(
  terminal: Terminal,
  mode: ServiceMode,
  page: DevicesPage,
  value: string | undefined,
  context: Context,
): Decision {
  if (!mayTry(terminal, page, context)) return decided(terminal);
  if (page.test?.kind === 'notes') return stay(terminal, mode, { ...page, test: undefined });
  const { requestId, printId } = context.fresh;
  const begin = (test: DeviceTest): Decision =>
    andThen(stay(terminal, mode, { ...page, test }), (next) =>
      decided(next, { facts: [tested(page, 'test-begun')] }),
    );
  switch (page.device) {
    case 'acceptor':
      return begin({ kind: 'notes', seen: [] });
    case 'printer':
      return andThen(begin({ kind: 'page', print: { kind: 'printing', printId } }), (next) =>
        decided(next, {
          effects: [
            {
              kind: 'print-test-page',
              printId,
              page: {
                terminal: receiptTerminal(context.settings),
                technician: page.who.staffId,
                atMs: context.now.wallMs,
              },
            },
          ],
        }),
      );
    case 'screen':
      return beginGlassTrial(terminal, mode, page, value);
    case 'backend':
    case 'clock':
      return andThen(begin({ kind: 'link', requestId, outcome: undefined }), (next) =>
        decided(next, { effects: [{ kind: 'test-link', requestId, deadlineMs: linkDeadlineMs }] }),
      );
    case 'disk':
      return andThen(begin({ kind: 'ledger', requestId, outcome: undefined }), (next) =>
        decided(next, { effects: [{ kind: 'test-ledger', requestId }] }),
      );
  }
}

function tested({ device, who }: DevicesPage, how: TestEnd, valueMinor?: Minor): Fact {
  const note = valueMinor === undefined ? {} : { valueMinor };
  return { kind: 'device-tested', device, how, ...note, by: who.staffId };
}

// ---------------------------------------------------------------- notes without credit

/**
 * What the acceptor says while notes are only looked at. The till has sent each of them back already, as it does with
 * every note that belongs to no operation; here its value is shown and written down.
 */
export function onTrialReport(decision: Decision, report: AcceptorReport): Decision {
  const { serviceMode } = decision.terminal;
  const page = serviceMode?.page;
  if (serviceMode === undefined || page?.kind !== 'devices' || page.test?.kind !== 'notes') return decision;
  assert(decision.terminal.till.operation === undefined, 'no visit is open while test notes are shown');
  assert(
    decision.effects.every(({ kind }) => kind !== 'stack'),
    'no test note is let in',
  );
  const { seen } = page.test;
  const show = (notes: readonly TestedNote[], facts: readonly Fact[] = []): Decision =>
    andThen(decision, (next) =>
      andThen(
        stay(next, serviceMode, { ...page, test: { kind: 'notes', seen: notes.slice(-notesShown) } }),
        (shown) => andThen(watch(shown), (watched) => decided(watched, { facts })),
      ),
    );
  switch (report.kind) {
    case 'note-escrowed': {
      const { escrowId, denomination } = report;
      const valueMinor = denomination?.valueMinor;
      if (seen.some((note) => note.escrowId === escrowId)) return decision;
      return show(
        [...seen, { escrowId, valueMinor, fate: 'shown' }],
        [tested(page, 'note-shown', valueMinor)],
      );
    }
    case 'note-returned':
      return show(seen.map((note) => (note.fate === 'shown' ? { ...note, fate: 'returned' } : note)));
    case 'note-rejected':
      return show([...seen, { escrowId: undefined, valueMinor: undefined, fate: 'rejected' }]);
    case 'note-stacked':
      // Nobody let it in: an acceptor that does so takes no more test notes.
      return andThen(decision, (next) =>
        andThen(stay(next, serviceMode, { ...page, test: undefined }), (ended) =>
          decided(ended, { facts: [tested(page, 'note-kept', report.denomination?.valueMinor)] }),
        ),
      );
    default:
      return decision;
  }
}

// ---------------------------------------------------------------- paper, link, ledger

export function onTestPageEnded(
  terminal: Terminal,
  printId: string,
  outcome: PrintOutcome['kind'],
): Decision {
  return onPage(terminal, (mode, page) => {
    const { test } = page;
    if (test?.kind !== 'page' || test.print.kind !== 'printing' || test.print.printId !== printId)
      return undefined;
    return ended(terminal, mode, page, { kind: 'page', print: { kind: outcome } }, outcome);
  });
}

export function onLinkTested(terminal: Terminal, requestId: string, outcome: LinkOutcome): Decision {
  return onPage(terminal, (mode, page) => {
    if (page.test?.kind !== 'link' || page.test.requestId !== requestId) return undefined;
    const { failedAt } = outcome;
    const how: TestEnd = failedAt === undefined ? 'link-works' : `link-fails-at-${failedAt}`;
    return ended(terminal, mode, page, { ...page.test, outcome }, how);
  });
}

export function onLedgerTested(terminal: Terminal, requestId: string, outcome: LedgerOutcome): Decision {
  return onPage(terminal, (mode, page) => {
    if (page.test?.kind !== 'ledger' || page.test.requestId !== requestId) return undefined;
    const how: TestEnd = outcome.damage === undefined ? 'ledger-whole' : 'ledger-damaged';
    return ended(terminal, mode, page, { ...page.test, outcome }, how);
  });
}

function ended(
  terminal: Terminal,
  mode: ServiceMode,
  page: DevicesPage,
  test: DeviceTest,
  how: TestEnd,
): Decision {
  return andThen(stay(terminal, mode, { ...page, test }), (next) =>
    decided(next, { facts: [tested(page, how)] }),
  );
}

/** A result belongs to the page that asked for it; whoever has gone on needs it no more. */
function onPage(
  terminal: Terminal,
  handle: (mode: ServiceMode, page: DevicesPage) => Decision | undefined,
): Decision {
  const { serviceMode } = terminal;
  const page = serviceMode?.page;
  if (serviceMode === undefined || page?.kind !== 'devices') return decided(terminal);
  return handle(serviceMode, page) ?? decided(terminal);
}
