import { faultKinds } from '../fault-kinds.ts';
import type { Stage } from '../stage.ts';
import type { Accuse } from './breach.ts';

/* The acceptor's cable, byte by byte: what the host may say, and by when a machine that may take no note takes none. */

/** Money rule M3, in the words of the product's own limit. */
const escrowAgeMsMax = 2_000;
/** A device that still takes notes so long after it was to be told otherwise, over a cable that may lose some words. */
const closedWithinMs = 3_500;
const badLineTries = 6;
/** A commit that takes longer means a disk in trouble (money rule M7). */
const commitMsMax = 1_000;
/** Money rule M7: a clock so far before the last row cannot be right. */
const clockBackMsMax = 6 * 60_000;
const clockSeenWithinMs = 10_000;
/** A note has come to rest by then, and the host has been told. */
const escrowSettledMs = 1_000;

export class WireWatch {
  readonly #stage: Stage;
  readonly #accuse: Accuse;
  #openedMonoMs = 0;
  #isAsked = false;
  /** When the host first heard of the escrow that now stands. */
  #escrowHeardMonoMs: number | undefined;
  /** When the note that now lies in escrow came to rest there. */
  #escrowedMonoMs = 0;
  #idlingInRow = 0;
  #questionSinceMonoMs: number | undefined;
  #clockWrongSinceMonoMs: number | undefined;
  #heldUntilMonoMs = 0;

  constructor(stage: Stage, accuse: Accuse) {
    this.#stage = stage;
    this.#accuse = accuse;
    const { world, process } = stage;
    process.onLine = {
      opened: () => {
        this.#openedMonoMs = world.clock.monoMs();
        this.#isAsked = false;
        this.#escrowHeardMonoMs = undefined;
      },
      wrote: (bytes) => this.#wrote(bytes),
      heard: (bytes) => this.#heard(bytes),
    };
    stage.onView((view) => {
      if (view?.question === undefined) this.#questionSinceMonoMs = undefined;
      else this.#questionSinceMonoMs ??= world.clock.monoMs();
    });
    world.mechanics.listen(({ kind }) => {
      if (kind === 'note-escrowed') this.#escrowedMonoMs = world.clock.monoMs();
    });
  }

  // -------------------------------------------------------------- what the host says

  #wrote(bytes: Uint8Array): void {
    const { world } = this.#stage;
    const nowMonoMs = world.clock.monoMs();
    const isEscrowed = world.mechanics.path.kind === 'escrowed';
    switch (this.#stage.acceptor.hostWord(bytes)) {
      case 'ask':
        this.#isAsked = true;
        return;
      case 'reset':
        if (!this.#isAsked) this.#accuse('M5', 'RESET before the acceptor was asked for its state');
        return;
      case 'open':
        if (isEscrowed && nowMonoMs - this.#escrowedMonoMs > escrowSettledMs) {
          this.#accuse('M4', 'the acceptor is enabled while a note lies in escrow');
        }
        return;
      case 'stack':
        if (isEscrowed) this.#checkStack(nowMonoMs);
        return;
      case undefined:
        return;
    }
  }

  /** Money rule M3: what was in escrow before this line was opened is another process's, and nothing old is stacked. */
  #checkStack(nowMonoMs: number): void {
    if (this.#escrowedMonoMs < this.#openedMonoMs) {
      this.#accuse('M3', 'a note is stacked that was in escrow before the line was opened');
    }
    const heardMonoMs = this.#escrowHeardMonoMs;
    // What comes too late, or after a broken piece, the host has not heard.
    if (this.#isLineGood && heardMonoMs !== undefined && nowMonoMs - heardMonoMs > escrowAgeMsMax) {
      this.#accuse('M3', `a note is stacked ${nowMonoMs - heardMonoMs} ms after its escrow was seen`);
    }
  }

  get #isLineGood(): boolean {
    return ![...this.#stage.struck.keys()].some((kind) => faultKinds[kind].group === 'line');
  }

  // -------------------------------------------------------------- what the host hears

  #heard(bytes: Uint8Array): void {
    const { world, acceptor } = this.#stage;
    const word = acceptor.deviceWord(bytes);
    if (word === undefined) return;
    const nowMonoMs = world.clock.monoMs();
    if (word === 'escrow') this.#escrowHeardMonoMs ??= nowMonoMs;
    else this.#escrowHeardMonoMs = undefined;
    if (world.gate.isHeld) this.#heldUntilMonoMs = nowMonoMs;
    this.#idlingInRow = word === 'idling' ? this.#idlingInRow + 1 : 0;
    // A process that stands still tells nobody anything.
    if (this.#idlingInRow < 2 || nowMonoMs - this.#heldUntilMonoMs < closedWithinMs) return;
    this.#checkIdling(nowMonoMs);
  }

  /** The acceptor says that it takes notes. */
  #checkIdling(nowMonoMs: number): void {
    const { process } = this.#stage;
    const isOld = (sinceMonoMs: number | undefined, ms: number): boolean =>
      sinceMonoMs !== undefined && nowMonoMs - Math.max(sinceMonoMs, this.#openedMonoMs) > ms;
    // On a bad cable the word to close is lost again and again.
    const withinMs = this.#isLineGood ? closedWithinMs : badLineTries * closedWithinMs;
    if (isOld(this.#questionSinceMonoMs, withinMs)) {
      this.#accuse('M12', 'the acceptor takes notes while the visitor is asked whether somebody is there');
      this.#questionSinceMonoMs = nowMonoMs;
    }
    if (isOld(process.committingSinceMonoMs, commitMsMax + withinMs)) {
      this.#accuse('M7', 'the acceptor takes notes while a commit hangs');
      this.#heldUntilMonoMs = nowMonoMs;
    }
    this.#checkClock(nowMonoMs);
    if (isOld(this.#clockWrongSinceMonoMs, clockSeenWithinMs)) {
      this.#accuse('M7', 'the acceptor takes notes under a clock from before the last row');
      this.#clockWrongSinceMonoMs = nowMonoMs;
    }
  }

  #checkClock(nowMonoMs: number): void {
    const { world, process } = this.#stage;
    const wallMs = world.clock.wallMs() + world.clockErrorMs;
    const isWrong = world.clockErrorMs < -clockBackMsMax && wallMs < process.latestRowWallMs - clockBackMsMax;
    if (isWrong) this.#clockWrongSinceMonoMs ??= nowMonoMs;
    else this.#clockWrongSinceMonoMs = undefined;
  }
}
