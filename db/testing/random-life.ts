import type { Fact } from '../../terminal/facts.ts';
import type { WalletPhone } from '../../terminal/ids.ts';
import { addMinor, type Minor, zeroMinor } from '../../terminal/money.ts';
import {
  appeared,
  cancelled,
  claimId,
  closed,
  escrowed,
  fiveHundred,
  intended,
  noteId,
  opened,
  operationId,
  periodClosed,
  periodId,
  periodOpened,
  printId,
  released,
  returned,
  stacked,
  supplement,
  twoThousand,
  unknown,
} from './facts.ts';

interface LivingNote {
  readonly note: number;
  readonly operation: number;
  readonly value: Minor;
  state: 'escrowed' | 'intended' | 'stacked' | 'returned' | 'unknown';
}

type Move = () => readonly Fact[] | undefined;

/**
 * A terminal's life out of whole numbers: each picks, among all that may happen now, what does. Knows the rules by
 * itself, from the money rules and not from the database, so that whatever it does must be accepted.
 */
export class RandomLife {
  #operations = 0;
  #notes = 0;
  #period = 1;
  #prints = 0;
  #atMs = 1_800_000_000_000;
  #visit: { readonly operation: number; readonly notes: LivingNote[] } | undefined;
  #unknown: LivingNote[] = [];
  #queue = new Map<number, 'live' | 'stopped'>();
  #printing: number | undefined;
  #jammed = false;

  start(): readonly Fact[] {
    return [{ kind: 'terminal-started', build: 'life', previousStop: 'first' }, periodOpened(1)];
  }

  /** One commit; never empty. */
  live(choice: number): readonly Fact[] {
    const moves = this.#moves();
    for (let tries = 0; tries < moves.length; tries += 1) {
      const facts = moves[(choice + tries * 8) % moves.length]?.();
      if (facts !== undefined) return facts;
    }
    return [{ kind: 'acceptor-seen', model: 'M', serialNumber: String(choice), firmware: undefined }];
  }

  #moves(): readonly Move[] {
    return [
      () => this.#open(),
      () => this.#escrow(fiveHundred, false),
      () => this.#escrow(twoThousand, true),
      () => this.#settle('intended'),
      () => this.#settle('stacked'),
      () => this.#settle('returned'),
      () => this.#loseSight(),
      () => this.#end(),
      () => this.#prove(),
      () => this.#resolve('stacked'),
      () => this.#resolve('returned'),
      () => this.#resolve('void'),
      () => this.#appear(),
      () => this.#collect(),
      () => this.#deliver('credited'),
      () => this.#deliver('refused'),
      () => this.#deliver('failed'),
      () => this.#requeue(),
      () => this.#print(),
      () => this.#jam(),
      () => this.#restart(),
    ];
  }

  #moving(): LivingNote | undefined {
    return this.#visit?.notes.find(({ state }) => state === 'escrowed' || state === 'intended');
  }

  #open(): readonly Fact[] | undefined {
    if (this.#visit !== undefined) return undefined;
    this.#operations += 1;
    this.#visit = { operation: this.#operations, notes: [] };
    return [opened(this.#operations, { wallet: walletOf(this.#operations) })];
  }

  #escrow(value: Minor, intend: boolean): readonly Fact[] | undefined {
    if (this.#visit === undefined || this.#moving() !== undefined) return undefined;
    this.#notes += 1;
    const note = this.#notes;
    const { operation } = this.#visit;
    this.#visit.notes.push({ note, operation, value, state: intend ? 'intended' : 'escrowed' });
    return [escrowed(note, operation, value), ...(intend ? [intended(note)] : [])];
  }

  #settle(as: 'intended' | 'stacked' | 'returned'): readonly Fact[] | undefined {
    const moving = this.#moving();
    if (moving === undefined || (as === 'intended' && moving.state === 'intended')) return undefined;
    if (as === 'stacked' && moving.state === 'escrowed') return undefined;
    moving.state = as;
    if (as === 'stacked') return [stacked(moving.note, this.#period), released(moving.note)];
    return [as === 'intended' ? intended(moving.note) : returned(moving.note)];
  }

  #loseSight(): readonly Fact[] | undefined {
    const moving = this.#moving();
    if (moving === undefined) return undefined;
    moving.state = 'unknown';
    this.#unknown.push(moving);
    return [unknown(moving.note), ...this.#closeVisit('needs-help')];
  }

  #end(): readonly Fact[] | undefined {
    if (this.#visit === undefined || this.#moving() !== undefined) return undefined;
    if (this.#visit.notes.some(({ state }) => state === 'stacked')) return this.#closeVisit('paid');
    const { operation } = this.#visit;
    this.#visit = undefined;
    return [cancelled(operation)];
  }

  #closeVisit(end: 'paid' | 'needs-help'): readonly Fact[] {
    const { operation = 0, notes = [] } = this.#visit ?? {};
    const sum = addMinor(...notes.filter(({ state }) => state === 'stacked').map(({ value }) => value));
    this.#visit = undefined;
    if (sum > zeroMinor) this.#queue.set(operation, 'live');
    return [closed(operation, sum, { end, claimId: end === 'needs-help' ? claimId(operation) : undefined })];
  }

  #prove(): readonly Fact[] | undefined {
    const late = this.#unknown.find(({ operation }) => operation > 0);
    if (late === undefined) return undefined;
    return [stacked(late.note, this.#period, 'recovery'), ...this.#supplement(late)];
  }

  #resolve(as: 'stacked' | 'returned' | 'void'): readonly Fact[] | undefined {
    const [note] = this.#unknown;
    if (note === undefined) return undefined;
    const names = { as, reason: 'counted by hand' };
    const id = noteId(note.note);
    return [
      { kind: 'note-resolution-proposed', noteId: id, by: 'Aigul', ...names },
      {
        kind: 'note-resolved',
        noteId: id,
        proposedBy: 'Aigul',
        confirmedBy: 'Baurzhan',
        periodId: as === 'stacked' ? periodId(this.#period) : undefined,
        ...names,
      },
      ...(as === 'stacked' ? this.#supplement(note) : this.#forget(note)),
    ];
  }

  #supplement(note: LivingNote): readonly Fact[] {
    this.#forget(note);
    if (note.operation === 0) return [];
    this.#operations += 1;
    this.#queue.set(this.#operations, 'live');
    const wallet = walletOf(note.operation);
    return [
      { ...supplement(this.#operations, note.operation, note.note), wallet },
      closed(this.#operations, note.value),
    ];
  }

  #forget(note: LivingNote): readonly Fact[] {
    this.#unknown = this.#unknown.filter((other) => other !== note);
    return [];
  }

  #appear(): readonly Fact[] {
    this.#notes += 1;
    this.#unknown.push({ note: this.#notes, operation: 0, value: fiveHundred, state: 'unknown' });
    return [appeared(this.#notes, this.#period, this.#notes % 2 === 0 ? undefined : fiveHundred)];
  }

  #collect(): readonly Fact[] {
    this.#period += 1;
    return [
      periodClosed(this.#period - 1, this.#period % 2 === 0 ? 'collected' : 'unannounced'),
      periodOpened(this.#period),
    ];
  }

  #deliver(how: 'credited' | 'refused' | 'failed'): readonly Fact[] | undefined {
    const [operation] = [...this.#queue].find(([, state]) => state === 'live') ?? [];
    if (operation === undefined) return undefined;
    const id = operationId(operation);
    this.#atMs += 1_000;
    if (how === 'failed') {
      return [{ kind: 'delivery-failed', operationId: id, why: 'no answer', nextTryAtMs: this.#atMs }];
    }
    if (how === 'credited') this.#queue.delete(operation);
    else this.#queue.set(operation, 'stopped');
    return how === 'credited'
      ? [{ kind: 'top-up-credited', operationId: id }]
      : [{ kind: 'top-up-refused', operationId: id, reason: 'wallet closed' }];
  }

  #requeue(): readonly Fact[] | undefined {
    const [operation] = [...this.#queue].find(([, state]) => state === 'stopped') ?? [];
    if (operation === undefined) return undefined;
    this.#queue.set(operation, 'live');
    const id = operationId(operation);
    return [{ kind: 'top-up-requeued', operationId: id, by: 'Aigul', nextTryAtMs: this.#atMs }];
  }

  #print(): readonly Fact[] | undefined {
    if (this.#operations === 0) return undefined;
    const print = this.#printing;
    this.#printing = undefined;
    if (print !== undefined) return [{ kind: 'print-ended', printId: printId(print), outcome: 'printed' }];
    this.#prints += 1;
    this.#printing = this.#prints;
    return [
      {
        kind: 'print-intended',
        printId: printId(this.#prints),
        operationId: operationId(this.#operations),
        copy: true,
      },
    ];
  }

  #jam(): readonly Fact[] {
    this.#jammed = !this.#jammed;
    const what = { alarm: 'acceptor-trouble', subject: 'jam-in-head' } as const;
    return [
      this.#jammed ? { kind: 'alarm-raised', ...what, detail: 'E5' } : { kind: 'alarm-ended', ...what },
    ];
  }

  #restart(): readonly Fact[] {
    return [
      { kind: 'terminal-stopped' },
      { kind: 'terminal-started', build: `life-${this.#notes}`, previousStop: 'clean' },
    ];
  }
}

function walletOf(operation: number): WalletPhone {
  return `+7701000000${operation % 4}` as WalletPhone;
}
