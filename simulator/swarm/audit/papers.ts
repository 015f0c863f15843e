import type { Fact } from '../../../terminal/facts.ts';
import type { PeriodId } from '../../../terminal/ids.ts';
import type { UnknownNote } from '../../../terminal/notes-desk.ts';
import type { Cassette } from '../../devices/acceptor/cassette.ts';
import type { AcceptorEvent } from '../../devices/acceptor/events.ts';
import type { SimulatedNote } from '../../devices/acceptor/notes.ts';
import type { Judgement } from '../../terminal-under-test.ts';
import type { SimulatedWorld } from '../../world.ts';

/** One piece of paper money, followed by its number. */
export interface Paper {
  readonly note: SimulatedNote;
  /** Whose wallet was on the screen when it was drawn in. */
  readonly wallet: string | undefined;
  /** The cassette it lies in, counted from 0. */
  cassette: number | undefined;
  /** The period that was open when it fell in there. */
  period: string | undefined;
  /** What the journal calls it. */
  record: string | undefined;
}

interface Stay {
  readonly fromMonoMs: number;
  untilMonoMs: number;
}

/**
 * Follows every note by the model of the machine, and remembers which paper lay in escrow when the journal spoke of one:
 * what persons can find out who count the cash.
 */
export class Papers {
  readonly all = new Map<number, Paper>();
  /** When each cassette stood in the machine. */
  readonly cassettes: { readonly cassette: Cassette; readonly stays: Stay[] }[] = [];
  readonly periods = new Map<string, Stay>();
  /** The period that was open when the device's credit event of a note was stored. */
  readonly creditPeriods = new Map<string, string>();
  /** Notes of the journal, known by a credit event only, for which the cash count finds no paper. */
  readonly madeUp = new Set<string>();
  readonly #world: SimulatedWorld;
  readonly #walletNow: () => string | undefined;
  #lastEscrowed: SimulatedNote | undefined;
  #period: string | undefined;
  #inMachine: Stay | undefined;

  constructor(world: SimulatedWorld, walletNow: () => string | undefined) {
    this.#world = world;
    this.#walletNow = walletNow;
    this.#enterCassette();
    world.mechanics.listen((event) => this.#see(event));
  }

  /** The journal is about to say this; gives what is so once it has. */
  hear(facts: readonly Fact[]): () => void {
    const escrowed = this.#lastEscrowed;
    return () => {
      for (const fact of facts) this.#stored(fact, escrowed);
    };
  }

  #stored(fact: Fact, escrowed: SimulatedNote | undefined): void {
    const monoMs = this.#world.clock.monoMs();
    switch (fact.kind) {
      case 'note-escrowed':
        if (escrowed !== undefined) this.#paperOf(escrowed).record ??= fact.noteId;
        return;
      case 'note-stacked':
        if (this.#period !== undefined) this.creditPeriods.set(fact.noteId, this.#period);
        return;
      case 'period-opened':
        this.#period = fact.periodId;
        this.periods.set(fact.periodId, { fromMonoMs: monoMs, untilMonoMs: Number.POSITIVE_INFINITY });
        return;
      case 'period-closed': {
        const stay = this.periods.get(fact.periodId);
        if (stay !== undefined) stay.untilMonoMs = monoMs;
        return;
      }
      default:
    }
  }

  /** By the cash count: is that note in a cassette? */
  judge(note: UnknownNote): Judgement {
    const paper =
      note.operation === undefined
        ? this.boxed().find(
            ({ record, note: { valueMinor } }) =>
              record === undefined && valueMinor === (note.valueMinor ?? valueMinor),
          )
        : [...this.all.values()].find(({ record }) => record === note.noteId);
    if (paper === undefined && note.operation === undefined) this.madeUp.add(note.noteId);
    if (paper?.cassette === undefined)
      return { as: note.operation === undefined ? 'void' : 'returned', periodId: undefined };
    paper.record = note.noteId;
    return { as: 'stacked', periodId: paper.period as PeriodId };
  }

  /** All that lies in cassettes, the machine's own and those taken away. */
  boxed(): readonly Paper[] {
    return [...this.all.values()].filter(({ cassette }) => cassette !== undefined);
  }

  #see(event: AcceptorEvent): void {
    switch (event.kind) {
      case 'note-inserted':
        this.all.set(event.note.noteId, {
          note: event.note,
          wallet: this.#walletNow(),
          cassette: undefined,
          period: undefined,
          record: undefined,
        });
        return;
      case 'note-escrowed':
        this.#lastEscrowed = event.note;
        return;
      case 'note-stacked': {
        const paper = this.#paperOf(event.note);
        paper.cassette = this.cassettes.findIndex(
          ({ cassette }) => cassette === this.#world.mechanics.cassette,
        );
        paper.period = this.#period;
        return;
      }
      case 'cassette-removed':
        this.#leaveCassette();
        return;
      case 'cassette-inserted':
        this.#enterCassette();
        return;
      default:
    }
  }

  #paperOf(note: SimulatedNote): Paper {
    const paper = this.all.get(note.noteId);
    if (paper === undefined) throw new Error(`note ${note.noteId} was never drawn in`);
    return paper;
  }

  #enterCassette(): void {
    const { cassette } = this.#world.mechanics;
    if (cassette === undefined) return;
    const stay = { fromMonoMs: this.#world.clock.monoMs(), untilMonoMs: Number.POSITIVE_INFINITY };
    const known = this.cassettes.find((other) => other.cassette === cassette);
    if (known === undefined) this.cassettes.push({ cassette, stays: [stay] });
    else known.stays.push(stay);
    this.#inMachine = stay;
  }

  #leaveCassette(): void {
    if (this.#inMachine !== undefined) this.#inMachine.untilMonoMs = this.#world.clock.monoMs();
  }
}
