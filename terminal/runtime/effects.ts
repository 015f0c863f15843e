import type { Effect } from '../core/decision.ts';
import type { TerminalEvent } from '../core/event.ts';
import type { AcceptorDriver, PrinterDriver, PrintOutcome, ReceiptDocument } from '../devices.ts';
import type { Language } from '../facts.ts';
import type { Clock, Desk, LedgerInspector, PinKeeper, Timer } from '../ports.ts';
import { collectionSlip } from '../receipt/collection-slip.ts';
import { receiptDocument } from '../receipt/receipt.ts';
import type { ReceiptLanguages, Words } from '../receipt/receipt-data.ts';
import { testPage } from '../receipt/test-page.ts';
import { linkOutcome } from '../service-mode/device-test.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store.ts';
import { ask } from '../wallet/call.ts';
import { checkCall, profileCall } from '../wallet/codec-terminal.ts';
import type { ChainAnchor } from '../wallet/messages.ts';
import type { WalletTransport } from '../wallet/transport.ts';
import { sendToWallet } from './wallet-sender.ts';

/* Carries out what was decided. Nothing here waits: whatever takes time comes back as an event. */

export interface EffectParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly inspector: LedgerInspector;
  readonly pins: PinKeeper;
  readonly desk: Desk;
  readonly acceptor: AcceptorDriver;
  readonly printer: PrinterDriver;
  readonly wallet: WalletTransport;
  readonly clock: Clock;
  readonly words: Words;
  readonly put: (event: TerminalEvent) => void;
  readonly anchor: () => ChainAnchor;
  readonly fail: (reason: unknown) => void;
}

export interface Effects {
  run(effect: Effect): void;
  /** The backend's time now, by its last signed answer and the monotonic clock since. */
  backendWallMs(): number | undefined;
  stop(): void;
}

export function createEffects(parts: EffectParts): Effects {
  const timers = createTimers(parts);
  const { acceptor, printer, put, fail } = parts;
  let lastBackendTime: { readonly wallMs: number; readonly monoMs: number } | undefined;
  const wallet: WalletTransport = {
    async send(request, deadlineMs) {
      const answer = await parts.wallet.send(request, deadlineMs);
      if (answer.kind === 'answer') {
        lastBackendTime = { wallMs: answer.backendWallMs, monoMs: parts.clock.monoMs() };
      }
      return answer;
    },
  };

  const runners: EffectRunners = {
    stack: ({ escrowId }) => acceptor.stack(escrowId),
    'return-note': ({ escrowId }) => acceptor.returnNote(escrowId),
    'confirm-credit': ({ creditId }) => acceptor.confirmCredit(creditId),
    'reset-acceptor': () => acceptor.reset(),
    'start-timer': ({ timer, delayMs }) => timers.start(timer, delayMs),
    'cancel-timer': ({ timer }) => timers.cancel(timer),
    'print-slip': ({ printId, slip: printable }) => {
      const outcome = printer.print(
        collectionSlip({ ...printable, journal: parts.anchor() }, ['kk', 'ru'], parts.words),
      );
      outcome.then((ended) => put({ kind: 'slip-ended', printId, outcome: proven(ended) })).catch(fail);
    },
    'print-test-page': ({ printId, page }) => {
      const outcome = printer.print(testPage(page, ['kk', 'ru'], parts.words));
      outcome.then((ended) => put({ kind: 'test-page-ended', printId, outcome: proven(ended) })).catch(fail);
    },
    'clear-printer': () => void printer.clear().catch(fail),
    'print-receipt': (effect) => {
      const { printId } = effect;
      const outcome = printer.print(slip(effect, parts));
      outcome.then((ended) => put({ kind: 'print-ended', printId, outcome: proven(ended) })).catch(fail);
    },
    ...walletRunners(parts, wallet),
    ...storeRunners(parts),
    ...pinRunners(parts),
    ...trialRunners(parts, wallet),
    'read-desk': ({ requestId, query }) => {
      parts.desk
        .read(query)
        .then((answer) => put({ kind: 'desk-read', requestId, answer }))
        .catch(fail);
    },
  };
  return {
    // The table's type keeps each effect with its own runner.
    run: (effect) => (runners[effect.kind] as (effect: Effect) => void)(effect),
    backendWallMs: () =>
      lastBackendTime && Math.floor(lastBackendTime.wallMs + parts.clock.monoMs() - lastBackendTime.monoMs),
    stop: timers.stop,
  };
}

type EffectRunners = { readonly [E in Effect as E['kind']]: (effect: E) => void };

/** Questions to the backend; each answer, or its absence, comes back as an event. */
function walletRunners(
  { settings, anchor, put, fail }: EffectParts,
  wallet: WalletTransport,
): Pick<EffectRunners, 'check-wallet' | 'load-profile' | 'send'> {
  return {
    'check-wallet': ({ requestId, wallet: phone, deadlineMs }) => {
      ask(wallet, checkCall, { wallet: phone }, deadlineMs)
        .then((answer) => {
          if (answer.kind !== 'unknown') put({ kind: 'backend-heard' });
          put({ kind: 'wallet-checked', requestId, answer });
        })
        .catch(fail);
    },
    'load-profile': ({ deadlineMs }) => {
      const { number: terminalNumber } = settings.terminal;
      ask(wallet, profileCall, { terminalNumber }, deadlineMs)
        .then((answer) => put({ kind: 'profile-answered', answer }))
        .catch(fail);
    },
    send: ({ requestId, request, deadlineMs }) => {
      const sender = { terminalNumber: settings.terminal.number, anchor: anchor() };
      sendToWallet(wallet, sender, request, deadlineMs)
        .then((reply) => put({ kind: 'answered', requestId, reply }))
        .catch(fail);
    },
  };
}

/** Questions to the ledger; one that cannot answer is not asked again (money rule M14). */
function storeRunners({
  store,
  inspector,
  put,
  fail,
}: EffectParts): Pick<
  EffectRunners,
  'load-due-top-ups' | 'load-due-messages' | 'load-register' | 'check-anchor' | 'check-ledger'
> {
  return {
    'load-due-top-ups': ({ loadId, atMs, limit }) => {
      store
        .dueTopUps(atMs, limit)
        .then((due) => put({ kind: 'due-top-ups-loaded', loadId, ...due }))
        .catch(fail);
    },
    'load-due-messages': ({ loadId, atMs, limit }) => {
      store
        .dueMessages(atMs, limit)
        .then((due) => put({ kind: 'due-messages-loaded', loadId, ...due }))
        .catch(fail);
    },
    'check-ledger': () => {
      inspector
        .fullCheck()
        .then((damage) => put({ kind: 'ledger-checked', damage }))
        .catch(fail);
    },
    'load-register': ({ day, fromMs, toMs }) => {
      store
        .registerRows(fromMs, toMs)
        .then((rows) => put({ kind: 'register-loaded', day, rows }))
        .catch(fail);
    },
    'check-anchor': ({ anchor }) => {
      store
        .containsAnchor(anchor)
        .then((contained) => put({ kind: 'anchor-checked', anchor, contained }))
        .catch(fail);
    },
  };
}

/** Tries a technician asks for; each result comes back as an event. */
function trialRunners(
  { settings, inspector, clock, put, fail }: EffectParts,
  wallet: WalletTransport,
): Pick<EffectRunners, 'test-link' | 'test-ledger'> {
  return {
    'test-link': ({ requestId, deadlineMs }) => {
      const askedMonoMs = clock.monoMs();
      wallet
        .send(profileCall.encode({ terminalNumber: settings.terminal.number }), deadlineMs)
        .then((answer) => {
          const heard = { tookMs: clock.monoMs() - askedMonoMs, wallMs: clock.wallMs() };
          put({ kind: 'link-tested', requestId, outcome: linkOutcome(answer, heard) });
        })
        .catch(fail);
    },
    'test-ledger': ({ requestId }) => {
      const freeBytes = inspector.freeBytes();
      inspector
        .fullCheck()
        .then((damage) => {
          put({ kind: 'ledger-checked', damage });
          put({ kind: 'ledger-tested', requestId, outcome: { freeBytes, damage } });
        })
        .catch(fail);
    },
  };
}

/** Slow work on PINs; each answer comes back as an event. */
function pinRunners({
  store,
  pins,
  put,
  fail,
}: EffectParts): Pick<EffectRunners, 'check-pin' | 'make-pin' | 'check-enrolment' | 'end-enrolment'> {
  return {
    'check-pin': ({ requestId, staffId, pin }) => {
      const stored = staffId === undefined ? Promise.resolve(undefined) : store.pinVerifier(staffId);
      stored
        .then((verifier) => pins.check(pin, verifier))
        .then((verdict) => put({ kind: 'pin-checked', requestId, verdict }))
        .catch(fail);
    },
    'make-pin': ({ requestId, pin }) => {
      pins
        .make(pin)
        .then((verifier) => put({ kind: 'pin-made', requestId, verifier }))
        .catch(fail);
    },
    'check-enrolment': ({ requestId, code }) => {
      pins
        .checkEnrolment(code)
        .then((fits) => put({ kind: 'enrolment-checked', requestId, fits }))
        .catch(fail);
    },
    'end-enrolment': () => void pins.endEnrolment().catch(fail),
  };
}

/** Money rule M15: a print that failed after its first byte may have put paper into somebody's hand. */
function proven(outcome: PrintOutcome): PrintOutcome['kind'] {
  return outcome.kind === 'failed' && !outcome.nothingSent ? 'unknown' : outcome.kind;
}

function slip(effect: Extract<Effect, { kind: 'print-receipt' }>, parts: EffectParts): ReceiptDocument {
  return receiptDocument(
    { ...effect.receipt, journal: parts.anchor() },
    receiptLanguages(parts.settings, effect.language),
    parts.words,
  );
}

function receiptLanguages(settings: Settings, language: Language): ReceiptLanguages {
  return settings.receiptLanguages === 'customer' ? [language] : ['kk', 'ru'];
}

type TimerName = Extract<Effect, { kind: 'start-timer' }>['timer'];

/** One timer of each name: starting it again replaces it. */
function createTimers(parts: EffectParts) {
  const running = new Map<TimerName, Timer>();
  const cancel = (timer: TimerName): void => {
    running.get(timer)?.cancel();
    running.delete(timer);
  };
  return {
    cancel,
    start(timer: TimerName, delayMs: number): void {
      cancel(timer);
      const onTime = (): void => {
        running.delete(timer);
        parts.put({ kind: 'timer-fired', timer });
      };
      running.set(timer, parts.clock.setTimer(delayMs, onTime));
    },
    stop(): void {
      for (const timer of running.values()) timer.cancel();
      running.clear();
    },
  };
}
