import type { KeyObject } from 'node:crypto';
import type { Link } from '../hardware/link/link.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { NoteResolution } from '../terminal/facts.ts';
import type { PeriodId } from '../terminal/ids.ts';
import type { Log } from '../terminal/log.ts';
import type { UnknownNote } from '../terminal/notes-desk.ts';
import type { Clock, LedgerInspector, Random } from '../terminal/ports.ts';
import type { Words } from '../terminal/receipt/receipt-data.ts';
import type { RunningTerminal } from '../terminal/runtime/terminal.ts';
import type { Settings } from '../terminal/settings.ts';
import type { Store } from '../terminal/store.ts';
import type { Backend } from './wallet/backend.ts';
import type { NetworkCable } from './wallet/in-process.ts';

/*
 * The terminal as a simulated world sees it. The world knows nothing of how one is composed: it is handed one, and
 * starts it as often as its processes die.
 */

/** What survives the process: the disk and the keys on it. */
export interface SimulatedMachine {
  readonly folder: string;
  readonly sealKey: KeyObject;
  readonly deviceKey: {
    readonly keyId: string;
    readonly privateKey: KeyObject;
    /** Raw 32 bytes, base64url. */
    readonly publicKey: string;
  };
}

/** What a process is started with. */
export interface BootParts {
  readonly machine: SimulatedMachine;
  readonly settings: Settings;
  readonly acceptorLink: Link;
  readonly printerLink: Link;
  readonly backend: Backend;
  readonly network: NetworkCable;
  readonly clock: Clock;
  readonly random: Random;
  readonly words: Words;
  readonly log: Log;
  readonly onView: (view: ScreenView) => void;
  readonly onFatal: (reason: unknown) => void;
  /** Told at once how to end the process: that may be wanted before it has started. */
  readonly onAlive?: (kill: () => void) => void;
  /** Stands between the core and its ledger, to fail or to stop the world there. */
  readonly wrapStore?: (store: Store) => Store;
  /** The same for whoever looks at ledger and disk. */
  readonly wrapInspector?: (inspector: LedgerInspector) => LedgerInspector;
}

export interface BootedTerminal {
  readonly terminal: RunningTerminal;
  /** Ends the process without a word, as a power cut would: no object of it acts any more, the disk stays as it is. */
  kill(): void;
}

/** Where a terminal keeps its books on a machine's disk. */
export interface LedgerFiles {
  /** The folder that holds nothing else. */
  readonly folder: string;
  readonly databasePath: string;
  readonly anchorPath: string;
}

/** What persons have found out about a note, and which cassette holds it. */
export interface Judgement {
  readonly as: NoteResolution;
  readonly periodId: PeriodId | undefined;
}

/** What a person signs in with. */
export interface StaffKeys {
  readonly staffId: string;
  readonly pin: string;
}

/** People whom the terminal knows. */
export interface Staff {
  readonly collector: StaffKeys;
  /** Two: one alone settles nothing. */
  readonly administrators: readonly [StaffKeys, StaffKeys];
}

/** A terminal to be started in a simulated world. */
export interface TerminalUnderTest {
  /** By which the backend knows it. */
  readonly number: string;
  /** What its slips say. */
  readonly words: Words;
  newMachine(folder: string): SimulatedMachine;
  settings(machine: SimulatedMachine, overrides?: Readonly<Record<string, unknown>>): Settings;
  ledger(machine: SimulatedMachine): LedgerFiles;
  /** What its ledger throws when the disk fails. */
  diskError(message: string): Error;
  /**
   * Two persons settle every note that no device can place (money rule M4). No process may have the ledger.
   */
  settleNotes(machine: SimulatedMachine, judge: (note: UnknownNote) => Judgement, wallMs: number): void;
  /** Makes people known to it who look after it. No process may have the ledger. */
  enrolStaff(machine: SimulatedMachine, wallMs: number): Staff;
  /** Rejects when another process has the ledger; one that may not be used gives a closed terminal. */
  boot(parts: BootParts): Promise<BootedTerminal>;
}
