import type { Slip } from './paper.ts';
import type { PrinterEvent } from './printer-event.ts';

/** Slips nobody takes pile up; the tray holds this many before the oldest falls to the floor. */
const hangingSlipsMax = 20;

/** Where a cut slip is until somebody or something removes it. */
export class Presenter {
  readonly #hasPresenter: boolean;
  readonly #onEvent: (event: PrinterEvent) => void;
  #inside: Slip | undefined;
  #mouth: Slip[] = [];
  #retractCount = 0;

  constructor(hasPresenter: boolean, onEvent: (event: PrinterEvent) => void) {
    this.#hasPresenter = hasPresenter;
    this.#onEvent = onEvent;
  }

  get hasTicketInMouth(): boolean {
    return this.#mouth.length > 0;
  }

  get hasTicketInside(): boolean {
    return this.#inside !== undefined;
  }

  get retractCount(): number {
    return this.#retractCount;
  }

  /** A slip has been cut. One that still waits in its way is pushed out first. */
  accept(slip: Slip): void {
    if (!this.#hasPresenter) {
      this.#mouth.push(slip);
      if (this.#mouth.length > hangingSlipsMax) this.#fall(this.#mouth.shift());
      return;
    }
    this.eject();
    this.#inside = slip;
  }

  isInMouth(slip: Slip): boolean {
    return this.#mouth.includes(slip);
  }

  /** Moves the waiting slip to the mouth and says which it was. */
  present(): Slip | undefined {
    const slip = this.#inside;
    if (slip === undefined) return undefined;
    this.#mouth = [slip];
    this.#inside = undefined;
    this.#onEvent({ kind: 'ticket-presented' });
    return slip;
  }

  /** Pushes out whatever is in the mouth or inside, to the floor. */
  eject(): void {
    for (const slip of this.#mouth) this.#fall(slip);
    this.#fall(this.#inside);
    this.#mouth = [];
    this.#inside = undefined;
  }

  retract(): void {
    const slip = this.#mouth[0] ?? this.#inside;
    if (!this.#hasPresenter || slip === undefined) return;
    this.#mouth = [];
    this.#inside = undefined;
    this.#retractCount += 1;
    this.#onEvent({ kind: 'ticket-retracted', slip });
  }

  /** A hand takes what sticks out; all slips that hang there go together. */
  take(): readonly Slip[] {
    const taken = this.#mouth;
    this.#mouth = [];
    for (const slip of taken) this.#onEvent({ kind: 'ticket-taken', slip });
    return taken;
  }

  #fall(slip: Slip | undefined): void {
    if (slip !== undefined) this.#onEvent({ kind: 'ticket-ejected', slip });
  }
}
