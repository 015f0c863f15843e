import type { Slip } from './paper.ts';

/** What somebody standing at the printer would notice, and what a person hunting a driver's mistake wants to know. */
export type PrinterEvent =
  | { readonly kind: 'printed'; readonly slip: Slip }
  | { readonly kind: 'torn'; readonly slip: Slip }
  | { readonly kind: 'ticket-presented' }
  | { readonly kind: 'ticket-taken'; readonly slip: Slip }
  | { readonly kind: 'ticket-retracted'; readonly slip: Slip }
  /** Pushed out to the floor, by command or by the next slip. */
  | { readonly kind: 'ticket-ejected'; readonly slip: Slip }
  | { readonly kind: 'paper-ended' }
  | { readonly kind: 'power-off' }
  /** Power is back and the printer has started up. */
  | { readonly kind: 'power-on' }
  | { readonly kind: 'drawer-pulsed' }
  /** A command the firmware does not know or refuses here; what it was, in hex. */
  | { readonly kind: 'command-ignored'; readonly command: string }
  /** The host wrote on after XOFF, or beyond what the buffer holds. */
  | { readonly kind: 'bytes-lost'; readonly count: number };
