import type { Clock } from '../../../terminal/ports.ts';
import { status } from './codes.ts';
import { firstCode } from './currency-table.ts';
import type { Id003Settings } from './settings.ts';
import type { StatusAnswer } from './unit-status.ts';

/** VEND VALID from the moment the note is in the box until its ACK (ID-003 §3, §4). */
export class CreditMemory {
  readonly #clock: Clock;
  readonly #settings: () => Id003Settings;
  #pending:
    | { readonly kind: number | undefined; readonly wasRecovered: boolean; readonly sinceMonoMs: number }
    | undefined;
  /** The last status told was it: only then an ACK is its. */
  #wasTold = false;

  constructor(clock: Clock, settings: () => Id003Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get isOwed(): boolean {
    return this.#pending !== undefined;
  }

  /** After a minute without the ACK the unit hears nothing but RESET. */
  get isDeaf(): boolean {
    const { deafAfterMs } = this.#settings();
    if (this.#pending === undefined || deafAfterMs === 'never') return false;
    return this.#clock.monoMs() - this.#pending.sinceMonoMs >= deafAfterMs;
  }

  get answer(): StatusAnswer | undefined {
    if (this.#pending === undefined) return undefined;
    const { kind } = this.#pending;
    const isNamed = this.#settings().vendValidNamesNote && kind !== undefined;
    return isNamed ? [status.vendValid, firstCode + kind] : [status.vendValid];
  }

  /** `wasRecovered`: the note was found past the point of return at power-up. */
  owe(kind: number | undefined, wasRecovered: boolean): void {
    this.#pending = { kind, wasRecovered, sinceMonoMs: this.#clock.monoMs() };
    this.#wasTold = false;
  }

  /** Remembers whether what is told now is VEND VALID. */
  noteTold(answer: StatusAnswer): StatusAnswer {
    this.#wasTold = answer[0] === status.vendValid;
    return answer;
  }

  /** True if there was something to acknowledge. */
  acknowledge(): boolean {
    if (this.#pending === undefined || !this.#wasTold) return false;
    this.#pending = undefined;
    return true;
  }

  reset(): void {
    this.#wasTold = false;
    if (this.#pending === undefined) return;
    const sinceMonoMs = this.#clock.monoMs();
    const isKept = this.#settings().onResetInVendValid === 'repeats';
    this.#pending = isKept ? { ...this.#pending, sinceMonoMs } : undefined;
  }

  losePower(): void {
    this.#wasTold = false;
    const survives = this.#settings().vendValidSurvivesPowerLoss;
    const isRecovered = this.#pending?.wasRecovered === true;
    if (survives === 'never' || (survives === 'if-recovered' && !isRecovered)) this.#pending = undefined;
  }
}
