import type { Minor } from './money.ts';
import type { StaffId } from './staff/staff.ts';

/* What is worth keeping about devices: which one stood there, and what staff have tried on it. */

/** What a technician can look at and try. */
export const deviceNames = ['acceptor', 'printer', 'screen', 'backend', 'disk', 'clock'] as const;

export type DeviceName = (typeof deviceNames)[number];

export type DeviceFact =
  | {
      readonly kind: 'acceptor-seen';
      readonly model: string;
      readonly serialNumber: string;
      readonly firmware: string | undefined;
    }
  /** Taken out of service on purpose, and put back. */
  | { readonly kind: 'sales-closed' | 'sales-opened'; readonly by: StaffId }
  /** A new roll, on which a slip has been printed and cut. */
  | { readonly kind: 'paper-changed'; readonly by: StaffId }
  /** A test by a named person. A note that was shown in one is named here and nowhere else: it is nobody's money. */
  | {
      readonly kind: 'device-tested';
      readonly device: DeviceName;
      readonly how: TestEnd;
      /** The note that was shown, if the acceptor knew it. */
      readonly valueMinor?: Minor;
      /** Of the glass: in how many places no touch arrived. */
      readonly deadCells?: number;
      readonly by: StaffId;
    };

/** How a test went, in one word: what an audit row and the page say. */
export type TestEnd =
  | 'test-begun'
  | 'note-shown'
  /** The acceptor has kept a note that nobody let in: the till has it as an unknown one. */
  | 'note-kept'
  | 'printed'
  | 'failed'
  | 'unknown'
  | 'link-works'
  | `link-fails-at-${LinkStep}`
  | 'ledger-whole'
  | 'ledger-damaged'
  | 'touch-whole'
  /** No touch arrived in some places: a worn panel, or nobody went there. */
  | 'touch-dead'
  | 'picture-even'
  /** Whoever looked has seen spots, lines or a tint. */
  | 'picture-flawed';

/** The way to the backend, step by step. */
export const linkSteps = ['resolve', 'connect', 'tls', 'answer', 'signature'] as const;

export type LinkStep = (typeof linkSteps)[number];
