import { automaticStatus, type Conditions, customStatus, isAutomaticStatusDue } from './status.ts';

/** Status sent unasked: automatic status back (GS a) and Custom's own form (GS E0). */
export class StatusPush {
  readonly #conditions: () => Conditions;
  readonly #send: (bytes: Uint8Array) => void;
  #automaticEnabled = 0;
  #automaticSeen: Uint8Array = new Uint8Array(4);
  #customEnabled = 0;
  #customSeen: Uint8Array = new Uint8Array(4);
  #wasCommandRefused = false;

  constructor(conditions: () => Conditions, send: (bytes: Uint8Array) => void) {
    this.#conditions = conditions;
    this.#send = send;
  }

  /** Sends the present status at once, unless this switches it off. */
  enableAutomatic(enabled: number): void {
    this.#automaticEnabled = enabled;
    this.#automaticSeen = automaticStatus(this.#conditions());
    if (enabled !== 0) this.#send(this.#automaticSeen);
  }

  /** From now on changes of the chosen bytes (bits 0-3: P U R E) are sent. */
  enableCustom(enabled: number): void {
    this.#customEnabled = enabled & 0x0f;
    this.#customSeen = this.customStatus();
  }

  /** Power off, or ESC @. */
  disable(): void {
    this.#automaticEnabled = 0;
    this.#customEnabled = 0;
    this.#wasCommandRefused = false;
  }

  commandRefused(): void {
    this.#wasCommandRefused = true;
    this.update();
  }

  /** P U R E. */
  customStatus(): Uint8Array {
    return customStatus(this.#conditions(), this.#wasCommandRefused);
  }

  /** Something may have changed. */
  update(): void {
    if (this.#automaticEnabled !== 0) this.#updateAutomatic();
    if (this.#customEnabled !== 0) this.#updateCustom();
  }

  #updateAutomatic(): void {
    const before = this.#automaticSeen;
    const after = automaticStatus(this.#conditions());
    this.#automaticSeen = after;
    if (isAutomaticStatusDue(this.#automaticEnabled, before, after)) this.#send(after);
  }

  #updateCustom(): void {
    const before = this.#customSeen;
    const after = this.customStatus();
    this.#customSeen = after;
    const isEnabled = (_: number, at: number): boolean => (this.#customEnabled & (1 << at)) !== 0;
    const sent = after.filter(isEnabled);
    const sentBefore = before.filter(isEnabled);
    if (sent.some((byte, at) => byte !== sentBefore[at])) {
      this.#send(Uint8Array.of(0x10, this.#customEnabled, ...sent));
    }
  }
}
