import type { DeliveryEffect } from '../delivery/effect.ts';
import type { Fact, Language } from '../facts.ts';
import type { PrintId, WalletPhone } from '../ids.ts';
import type { ReceiptData } from '../receipt/receipt-data.ts';
import type { ServiceEffect, ServiceTimer } from '../service-mode/event.ts';
import type { SessionTimer } from '../session/event.ts';
import type { TopUpRow } from '../store.ts';
import type { TillEffect } from '../till/change.ts';
import type { Terminal } from './terminal.ts';

/**
 * What one event leads to. The facts are made durable in one transaction first; only then are the effects carried
 * out, in their order.
 */
export interface Decision {
  readonly terminal: Terminal;
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
  /** Fresh money, handed to delivery at the end of the same decision. */
  readonly topUps: readonly TopUpRow[];
}

export type Effect =
  | Exclude<TillEffect, { readonly kind: 'watch-note' | 'stop-watching-note' }>
  | DeliveryEffect
  | ServiceEffect
  | {
      readonly kind: 'check-wallet';
      readonly requestId: string;
      readonly wallet: WalletPhone;
      readonly deadlineMs: number;
    }
  | {
      readonly kind: 'print-receipt';
      readonly printId: PrintId;
      readonly receipt: PrintableReceipt;
      readonly language: Language;
    }
  | { readonly kind: 'check-ledger' }
  | { readonly kind: 'load-profile'; readonly deadlineMs: number }
  /** Something doubtful may still be in the printer's buffers: it must not come out before the next visitor. */
  | { readonly kind: 'clear-printer' }
  | { readonly kind: 'reset-acceptor' }
  | { readonly kind: 'start-timer'; readonly timer: CoreTimer; readonly delayMs: number }
  | { readonly kind: 'cancel-timer'; readonly timer: CoreTimer };

export type CoreTimer =
  | SessionTimer
  | ServiceTimer
  | 'note-watch'
  | 'start-settling'
  | 'acceptor-reset'
  | 'profile'
  | 'ran-quietly'
  | 'ledger-check';

/** A receipt without the chain's head, which is known once the facts are stored. */
export type PrintableReceipt = Omit<ReceiptData, 'journal'>;

export function decided(terminal: Terminal, parts: Partial<Omit<Decision, 'terminal'>> = {}): Decision {
  return { terminal, facts: [], effects: [], topUps: [], ...parts };
}

/** Goes on from a decision with another one about what it led to. */
export function andThen(first: Decision, next: (terminal: Terminal) => Decision): Decision {
  const second = next(first.terminal);
  return {
    terminal: second.terminal,
    facts: [...first.facts, ...second.facts],
    effects: [...first.effects, ...second.effects],
    topUps: [...first.topUps, ...second.topUps],
  };
}
