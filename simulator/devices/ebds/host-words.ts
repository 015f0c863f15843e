import { hostBit, policyB, policyMask } from './codes.ts';
import type { EbdsSettings } from './settings.ts';

const notesPerByte = 7;

/** What the last messages have told the unit about its work (EBDS §3, §5); lost with every start. */
export class HostWords {
  #d0 = 0;
  #d2 = 0;
  #enables: readonly number[] | undefined;
  /** 0: the unit waits for ever. */
  escrowTimeoutMs = 0;

  /** D0 to D2. */
  configure([first = 0, , third = 0]: readonly number[]): void {
    this.#d0 = first;
    this.#d2 = third;
  }

  enable(mask: readonly number[]): void {
    this.#enables = mask;
  }

  get wantsBlocks(): boolean {
    return (this.#d2 & hostBit.extendedReports) !== 0;
  }

  /** By the power-up policy (§10): B tells the value, or so it is understood; the others do not. */
  foundTelling(underPolicyB: EbdsSettings['foundNoteTold']): EbdsSettings['foundNoteTold'] {
    return (this.#d2 & policyMask) === policyB ? underPolicyB : 'nothing';
  }

  isOpen(gate: EbdsSettings['gateInExtendedMode']): boolean {
    const heedsGate = gate === 'heeded' || !this.wantsBlocks;
    const takesAny = this.#enables === undefined || this.#enables.some((byte) => byte !== 0);
    return takesAny && (this.#d0 !== 0 || !heedsGate);
  }

  /** Before any note enables have come every note is taken. */
  takes(entry: number): boolean {
    if (this.#enables === undefined) return true;
    const byte = this.#enables[Math.floor((entry - 1) / notesPerByte)] ?? 0;
    return (byte & (1 << ((entry - 1) % notesPerByte))) !== 0;
  }
}
