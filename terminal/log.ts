import type { GateAnswer } from './contract/press-gate.ts';
import type { AcceptorReport, PrinterReport } from './devices.ts';

/**
 * What may be written to the log: every event has its own fields, so that no phone, key or text of a customer can slip
 * in. The journal, not the log, is the record of money.
 */
export type LogEvent =
  | { readonly event: 'metrics-not-served'; readonly detail: string }
  | { readonly event: 'terminal-started'; readonly build: string; readonly sequence: number }
  | { readonly event: 'terminal-stopped' }
  | { readonly event: 'acceptor-reported'; readonly report: AcceptorReport['kind']; readonly detail: string }
  | { readonly event: 'printer-reported'; readonly report: PrinterReport['kind']; readonly detail: string }
  | { readonly event: 'press-refused'; readonly why: Extract<GateAnswer, { kind: 'refused' }>['why'] }
  | { readonly event: 'screen-refused'; readonly why: 'origin' | 'token' | 'path' }
  | { readonly event: 'kiosk-refused'; readonly what: string }
  | { readonly event: 'page-recovered'; readonly by: 'reload' | 'new-window' | 'restart' }
  | { readonly event: 'host-ended'; readonly exitCode: number; readonly next: 'start' | 'breaker' | 'never' }
  | { readonly event: 'fatal'; readonly reason: string }
  | { readonly event: 'ledger-refused'; readonly detail: string }
  | { readonly event: 'device-trace'; readonly device: 'acceptor' | 'printer'; readonly detail: string };

export type Log = (event: LogEvent) => void;
