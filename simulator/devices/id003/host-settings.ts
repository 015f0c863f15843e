import { command, powerRecoveryOption } from './codes.ts';
import type { Id003Settings } from './settings.ts';

const lengths: ReadonlyMap<number, number> = new Map([
  [command.setDenominations, 2],
  [command.setSecurity, 2],
  [command.setMode, 1],
  [command.setInhibit, 1],
  [command.setDirection, 1],
  [command.setOptions, 2],
]);

const mainSettings = [command.setDenominations, command.setInhibit, command.setOptions];

/** C0 to C5: what the host has told the unit about its work, lost at every reset (ID-003 §5). */
export class HostSettings {
  readonly #told = new Map<number, readonly number[]>();
  readonly #closed: boolean;

  constructor(afterReset: 'open' | 'closed') {
    this.#closed = afterReset === 'closed';
  }

  /** False if this is no setting, or one with the wrong data. */
  take(code: number, data: readonly number[]): boolean {
    if (lengths.get(code) !== data.length) return false;
    this.#told.set(code, data);
    return true;
  }

  /** Whether 1B ends with this setting: which of them does is not documented. */
  releases(code: number, { releasedBy, sideSettings }: Id003Settings): boolean {
    switch (releasedBy) {
      case 'all': {
        const awaited = sideSettings === 'known' ? [...lengths.keys()] : mainSettings;
        return awaited.every((one) => this.#told.has(one));
      }
      case 'set-denominations':
        return code === command.setDenominations;
      case 'set-inhibit':
        return code === command.setInhibit;
    }
  }

  get isInhibited(): boolean {
    return (this.data(command.setInhibit)[0] ?? 0) !== 0;
  }

  get hasPowerRecovery(): boolean {
    return ((this.data(command.setOptions)[0] ?? 0) & powerRecoveryOption) !== 0;
  }

  /** On the wire 1 is refused; bit 0 of the first byte is code 61. */
  refuses(kind: number): boolean {
    const byte = this.data(command.setDenominations)[kind >> 3] ?? 0;
    return (byte & (1 << (kind & 7))) !== 0;
  }

  data(code: number): readonly number[] {
    const told = this.#told.get(code);
    if (told !== undefined) return told;
    const isGate = code === command.setDenominations || code === command.setInhibit;
    const byte = isGate && this.#closed ? (code === command.setInhibit ? 0x01 : 0xff) : 0x00;
    return Array.from({ length: lengths.get(code) ?? 0 }, () => byte);
  }
}
