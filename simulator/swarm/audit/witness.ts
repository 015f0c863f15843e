import type { ScreenView } from '../../../terminal/contract/messages.ts';
import type { Fact } from '../../../terminal/facts.ts';
import type { Words } from '../../../terminal/receipt/receipt-data.ts';
import type { Slip } from '../../devices/printer/paper.ts';
import type { Stage } from '../stage.ts';
import type { Accuse } from './breach.ts';
import { type Journal, readJournal } from './journal.ts';
import { Papers } from './papers.ts';
import { WireWatch } from './wire.ts';

/** How long a screen without a button of its own may stand while the process runs. */
const namedWithinMs: Readonly<Partial<Record<ScreenView['screen']['kind'], number>>> = {
  checking: 30_000,
  paying: 30_000,
  // A note may take fifty seconds before it is given up (money rule M12).
  counting: 80_000,
  // A start waits a minute for the acceptor, and for a note that was lost from sight meanwhile.
  'one-moment': 115_000,
};

const resumedWithinMs = 125_000;
/** After these what hangs from the roll may be in two pieces, or without a beginning, whatever the terminal does. */
const paperFaults = [
  'paper-out',
  'paper-ends-in-slip',
  'paper-stuck',
  'cover-open',
  'cutter-stuck',
  'prints-nothing',
  'printer-line-noise',
] as const;
const timeFaults = ['clock-jumps', 'clock-stops', 'clock-wrong-at-start'] as const;

/** Since when a screen is shown, and how long the process had been held still by then. */
interface Standing {
  readonly kind: ScreenView['screen']['kind'];
  readonly monoMs: number;
  readonly heldMs: number;
}

/**
 * Stands beside the machine for as long as it runs: sees what a visitor sees and reads, and holds it against what is
 * stored at that very moment.
 */
export class Witness {
  readonly papers: Papers;
  readonly #stage: Stage;
  readonly #accuse: Accuse;
  #reader: Journal | undefined;
  #session = 0;
  #kindBefore: ScreenView['screen']['kind'] | undefined;
  /** When somebody was last at work on the open operation. */
  #activeMonoMs = 0;
  /** Numbers of operations by their id, and those for which an original was meant to be printed. */
  readonly #numberOf = new Map<string, string>();
  readonly #meantSlips = new Set<string>();
  #firstLine: string | undefined;
  #wallet: string | undefined;
  #insertedMinor = 0;
  #shownSince: Standing | undefined;
  /** Which session each operation number belongs to. */
  readonly #sessionOf = new Map<string, number>();

  readonly #wholeSlips = new Set<string>();
  readonly #endOfSlip: readonly string[];

  constructor(stage: Stage, words: Words, accuse: Accuse) {
    this.#endOfSlip = (['kk', 'ru', 'en', 'sw'] as const).map((language) =>
      words(language, 'receipt.journal'),
    );
    this.#stage = stage;
    this.#accuse = accuse;
    const { world } = stage;
    this.papers = new Papers(world, () => this.#wallet);
    stage.isNoteRecorded = () => {
      const { path } = world.mechanics;
      return path.kind !== 'empty' && this.papers.all.get(path.note.noteId)?.record !== undefined;
    };
    stage.process.onCommit = (facts) => {
      const isStored = this.papers.hear(facts);
      return () => {
        isStored();
        for (const fact of facts) this.#stored(fact);
      };
    };
    stage.process.onCommitAfterFailure = () =>
      accuse('M14', 'a process goes on after its ledger has failed it');
    new WireWatch(stage, accuse);
    stage.onView((view) => this.#see(view));
    world.printer.listen((event) => {
      if (event.kind === 'printed' || event.kind === 'torn') this.#read(event.slip);
    });
    world.mechanics.listen((event) => {
      if (event.kind === 'note-stacking') this.#checkIntent(event.note.valueMinor);
    });
  }

  #stored(fact: Fact): void {
    switch (fact.kind) {
      case 'operation-opened':
        if (fact.supplementOf !== undefined) return;
        this.#sessionOf.set(fact.operationNumber, this.#session);
        this.#numberOf.set(fact.operationId, fact.operationNumber);
        this.#activeMonoMs = this.#stage.world.clock.monoMs();
        return;
      case 'note-escrowed':
      case 'note-intended':
      case 'note-stacked':
      case 'note-returned':
        this.#activeMonoMs = this.#stage.world.clock.monoMs();
        return;
      case 'print-intended':
        this.#meantSlips.add(this.#numberOf.get(fact.operationId) ?? '');
        return;
      default:
    }
  }

  // -------------------------------------------------------------- the screen

  #see(view: ScreenView | undefined): void {
    this.#checkStanding(view);
    if (view === undefined) {
      this.#kindBefore = undefined;
      this.#closeReader();
      return;
    }
    const { screen } = view;
    const before = this.#kindBefore;
    this.#kindBefore = screen.kind;
    switch (screen.kind) {
      case 'number':
        // Nobody has typed anything on a screen that has only now come.
        if (before === 'service' && screen.digits !== '') {
          this.#accuse('privacy', `a visit begins with the number ${screen.digits}`);
        }
        return;
      case 'attract':
      case 'out-of-service':
        // A terminal that cannot read its ledger knows of no visit, and ends none.
        if (!this.#stage.isLedgerTrue) return;
        // Nor one whose disk fails: the visit goes on when it works again, if its visitor may still be there.
        if (screen.kind === 'out-of-service' && screen.reason === 'storage') return;
        this.#session += 1;
        this.#wallet = undefined;
        this.#insertedMinor = 0;
        return;
      case 'confirm':
        this.#wallet = screen.wallet;
        this.#insertedMinor = 0;
        return;
      case 'cash':
      case 'counting':
        if (before === undefined || before === 'one-moment') this.#checkResumed();
        if (screen.insertedMinor !== this.#insertedMinor) this.#checkInserted(screen.insertedMinor);
        this.#insertedMinor = screen.insertedMinor;
        return;
      case 'result':
        this.#checkResult(screen);
        return;
      default:
    }
  }

  /** Money rule M12: after two minutes nobody goes on with what a visitor had begun. */
  #checkResumed(): void {
    const { world, struck } = this.#stage;
    const ageMs = world.clock.monoMs() - this.#activeMonoMs;
    const isTimeTrue = !timeFaults.some((kind) => struck.has(kind));
    if (isTimeTrue && ageMs > resumedWithinMs) {
      this.#accuse('M12', `an operation is resumed ${ageMs} ms after its visitor was last seen`);
    }
  }

  /** Money rule M6: what is counted on the screen is stored. */
  #checkInserted(insertedMinor: number): void {
    this.#journal((journal) => {
      const open = journal
        .operations()
        .findLast(({ state, supplementOf }) => state === 'open' && supplementOf === null);
      const stored = journal
        .notes()
        .filter(({ operationId, state }) => operationId === open?.operationId && state === 'stacked')
        .reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0);
      if (insertedMinor > stored)
        this.#accuse('M6', `the screen counts ${insertedMinor}, stored is ${stored}`);
    });
    if (insertedMinor < this.#insertedMinor)
      this.#accuse('M6', 'a counted note was taken back on the screen');
  }

  #checkResult(screen: Extract<ScreenView['screen'], { kind: 'result' }>): void {
    const { operationNumber, amountMinor, result } = screen;
    if (this.#sessionOf.get(operationNumber) !== this.#session) {
      this.#accuse('privacy', `operation ${operationNumber} is shown to somebody else`);
    }
    this.#checkTold(operationNumber, amountMinor, result.kind);
  }

  /** No other sum than the one on its way, and no better end than the true one. */
  #checkTold(number: string, amountMinor: number, end: string): void {
    this.#journal((journal) => {
      const operation = journal.operations().find(({ operationNumber }) => operationNumber === number);
      if (operation?.state !== 'closed' || operation.amountMinor !== amountMinor) {
        this.#accuse(
          'M6',
          `told ${amountMinor} for ${number}, stored is ${operation?.amountMinor} ${operation?.state}`,
        );
        return;
      }
      const creditedMinor = this.#stage.world.backend.ledger.creditedMinor(operation.operationId);
      const isForgotten = this.#stage.forgotten.has(operation.operationId);
      if (end === 'credited' && creditedMinor !== amountMinor && !isForgotten) {
        this.#accuse('M9', `told credited for ${number}; the backend has ${creditedMinor} of ${amountMinor}`);
      }
      if (operation.end === 'needs-help' && end !== 'needs-help') {
        this.#accuse('M12', `${number} needs help, and its visitor was told ${end}`);
      }
    });
  }

  /** Every hang reaches a screen that says so. */
  #checkStanding(view: ScreenView | undefined): void {
    const monoMs = this.#stage.world.clock.monoMs();
    const before = this.#shownSince;
    const limitMs = before === undefined ? undefined : namedWithinMs[before.kind];
    if (before !== undefined && limitMs !== undefined && before.kind !== view?.screen.kind) {
      const stoodMs = monoMs - before.monoMs - (this.#stage.heldMs - before.heldMs);
      if (stoodMs > limitMs) this.#accuse('hang', `${before.kind} stood for ${stoodMs} ms`);
    }
    if (before?.kind === view?.screen.kind) return;
    const { heldMs } = this.#stage;
    this.#shownSince = view === undefined ? undefined : { kind: view.screen.kind, monoMs, heldMs };
  }

  // -------------------------------------------------------------- the paper

  #read(slip: Slip): void {
    const { text } = slip;
    const plain = text.replace(/\s/g, '');
    for (const number of this.#sessionOf.keys()) {
      if (!plain.includes(number)) continue;
      if (!this.#meantSlips.has(number))
        this.#accuse('M15', `a slip of ${number} before its intent is stored`);
      // The chain's head ends a slip: what has it is whole. Nobody here asks for a copy.
      if (this.#endOfSlip.some((words) => text.includes(words))) {
        if (this.#wholeSlips.has(number)) this.#accuse('M15', `a second original of ${number}`);
        this.#wholeSlips.add(number);
        if (slip.topEdge !== 'torn') this.#checkClean(number, text);
      }
      this.#journal((journal) => {
        const operation = journal.operations().find(({ operationNumber }) => operationNumber === number);
        if (operation?.state !== 'closed') this.#accuse('M15', `a slip of ${number}, which is not closed`);
      });
    }
  }

  /** Money rule M15: a whole slip begins as all of them do, and carries nothing of the one before. */
  #checkClean(number: string, text: string): void {
    if (paperFaults.some((kind) => this.#stage.struck.has(kind))) return;
    const firstLine = text.split('\n').find((line) => line.trim() !== '');
    this.#firstLine ??= firstLine;
    if (firstLine !== this.#firstLine)
      this.#accuse('M15', `the slip of ${number} begins with "${firstLine}"`);
    const plain = text.replace(/\s/g, '');
    const others = [...this.#sessionOf.keys()].filter((other) => other !== number && plain.includes(other));
    if (others.length > 0)
      this.#accuse('M15', `the slip of ${number} carries a part of ${others.join(', ')}`);
  }

  // -------------------------------------------------------------- the acceptor

  /** Money rule M3: a note that starts for the cassette has an intent of its own, stored. */
  #checkIntent(valueMinor: number): void {
    this.#journal((journal) => {
      const newest = journal.notes().at(-1);
      const isMeant = newest?.state === 'intended' || newest?.state === 'unknown';
      if (!isMeant || newest.valueMinor !== valueMinor) {
        this.#accuse(
          'M3',
          `a note of ${valueMinor} is stacked; the newest record is ${newest?.valueMinor} ${newest?.state}`,
        );
      }
    });
  }

  /** One look at the stored file; the same connection for as long as a process lives. */
  #journal(read: (journal: Journal) => void): void {
    if (!this.#stage.isLedgerTrue) return;
    this.#reader ??= readJournal(this.#stage.ledger.databasePath);
    read(this.#reader);
  }

  #closeReader(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }
}
