import { unreachable } from '../assert.ts';
import type { Effect } from '../core/decision.ts';
import type { TerminalEvent } from '../core/event.ts';
import type { AcceptorDriver, PrinterDriver } from '../devices.ts';
import type { Language } from '../facts.ts';
import type { Clock, Timer } from '../ports.ts';
import { receiptDocument } from '../receipt/receipt.ts';
import type { ReceiptLanguages, Words } from '../receipt/receipt-data.ts';
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
  /** The backend's clock less ours, by its last signed answer. */
  backendOffsetMs(): number | undefined;
  stop(): void;
}

export function createEffects(parts: EffectParts): Effects {
  const timers = createTimers(parts);
  const { acceptor, printer, store, put, fail } = parts;
  let backendOffsetMs: number | undefined;
  const wallet: WalletTransport = {
    async send(request, deadlineMs) {
      const answer = await parts.wallet.send(request, deadlineMs);
      if (answer.kind === 'answer') backendOffsetMs = answer.backendWallMs - parts.clock.wallMs();
      return answer;
    },
  };

  const sender = () => ({ terminalNumber: parts.settings.terminal.number, anchor: parts.anchor() });

  const run = (effect: Effect): void => {
    switch (effect.kind) {
      case 'stack':
        acceptor.stack(effect.escrowId);
        return;
      case 'return-note':
        acceptor.returnNote(effect.escrowId);
        return;
      case 'confirm-credit':
        acceptor.confirmCredit(effect.creditId);
        return;
      case 'reset-acceptor':
        acceptor.reset();
        return;
      case 'start-timer':
        timers.start(effect.timer, effect.delayMs);
        return;
      case 'cancel-timer':
        timers.cancel(effect.timer);
        return;
      case 'print-receipt': {
        const { printId } = effect;
        const outcome = printer.print(slip(effect));
        outcome.then(({ kind }) => put({ kind: 'print-ended', printId, outcome: kind })).catch(fail);
        return;
      }
      case 'clear-printer':
        printer.clear().catch(fail);
        return;
      case 'check-wallet': {
        const { requestId, deadlineMs } = effect;
        ask(wallet, checkCall, { wallet: effect.wallet }, deadlineMs)
          .then((answer) => {
            if (answer.kind !== 'unknown') put({ kind: 'backend-heard' });
            put({ kind: 'wallet-checked', requestId, answer });
          })
          .catch(fail);
        return;
      }
      case 'load-profile': {
        const { number: terminalNumber } = parts.settings.terminal;
        ask(wallet, profileCall, { terminalNumber }, effect.deadlineMs)
          .then((answer) => put({ kind: 'profile-answered', answer }))
          .catch(fail);
        return;
      }
      case 'send': {
        const { requestId } = effect;
        sendToWallet(wallet, sender(), effect.request, effect.deadlineMs)
          .then((reply) => put({ kind: 'answered', requestId, reply }))
          .catch(fail);
        return;
      }
      case 'load-due-top-ups': {
        const { loadId } = effect;
        store
          .dueTopUps(effect.atMs, effect.limit)
          .then((due) => put({ kind: 'due-top-ups-loaded', loadId, ...due }))
          .catch(fail);
        return;
      }
      case 'load-due-messages': {
        const { loadId } = effect;
        store
          .dueMessages(effect.atMs, effect.limit)
          .then((due) => put({ kind: 'due-messages-loaded', loadId, ...due }))
          .catch(fail);
        return;
      }
      case 'load-register': {
        const { day } = effect;
        store
          .registerRows(effect.fromMs, effect.toMs)
          .then((rows) => put({ kind: 'register-loaded', day, rows }))
          .catch(fail);
        return;
      }
      case 'check-anchor': {
        const { anchor } = effect;
        store
          .containsAnchor(anchor)
          .then((contained) => put({ kind: 'anchor-checked', anchor, contained }))
          .catch(fail);
        return;
      }
      default:
        unreachable(effect);
    }
  };

  const slip = (effect: Extract<Effect, { kind: 'print-receipt' }>) =>
    receiptDocument(
      { ...effect.receipt, journal: parts.anchor() },
      receiptLanguages(parts.settings, effect.language),
      parts.words,
    );

  return { run, backendOffsetMs: () => backendOffsetMs, stop: timers.stop };
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
