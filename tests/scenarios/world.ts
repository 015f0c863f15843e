import { productionTerminal } from '../../host/simulate.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { SimulatedWorld, type WorldOptions } from '../../simulator/world.ts';
import type { Screen } from '../../terminal/contract/messages.ts';
import { visitTimes } from '../../terminal/session/timeouts.ts';

/*
 * The simulated world with the production terminal in it, and the hands of a customer who waits for what a scenario says
 * must come.
 */

const terminal = await productionTerminal();

export type ScreenKind = Screen['kind'];

export class World extends SimulatedWorld {
  constructor(options: WorldOptions = {}) {
    super(terminal, options);
  }

  async restart(): Promise<void> {
    this.kill();
    await this.boot();
  }

  // -------------------------------------------------------------- screen

  /** What is on the screen, which must be this one. */
  screen<K extends ScreenKind>(kind: K): Extract<Screen, { kind: K }> {
    const { screen } = this.view;
    if (screen.kind !== kind) throw new Error(`the screen is ${screen.kind}, not ${kind}`);
    return screen as Extract<Screen, { kind: K }>;
  }

  /** Lets time pass until that screen is there and says what it should. Fails at once when the process has died. */
  async until<K extends ScreenKind>(
    kind: K,
    withinMs: number,
    says: (screen: Extract<Screen, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<Screen, { kind: K }>> {
    let viewsSeen = 0;
    const isShown = (): boolean => {
      // Nothing new has been shown since the last look.
      if (this.isRunning && this.views.length === viewsSeen) return false;
      viewsSeen = this.views.length;
      const { screen } = this.view;
      return screen.kind === kind && says(screen as Extract<Screen, { kind: K }>);
    };
    await this.clock.advanceUntil(isShown, withinMs, `the screen ${kind}`, 20);
    return this.screen(kind);
  }

  /** Touches a button that must be on the screen, once the screen takes presses. */
  async press(action: string, value?: string): Promise<void> {
    await this.clock.advance(visitTimes.pressAfterMs);
    await this.tap(action, value);
  }

  /** Touches again on a screen that has been there for a while. */
  async tap(action: string, value?: string): Promise<void> {
    if (!this.touch(action, value)) throw new Error(`no button ${action} on ${this.view.screen.kind}`);
    await this.clock.advance(1);
  }

  /** A collector has logged in after the cassette was pulled. */
  async collectorSeen(by = 'Collector 7'): Promise<void> {
    this.tellCollectorSeen(by);
    await this.clock.advance(1);
  }

  // -------------------------------------------------------------- a customer's way

  async toAttract(): Promise<void> {
    await this.boot();
    await this.until('attract', 60_000);
  }

  /** From the icon to the open acceptor. */
  async toCash(nationalDigits = '7010000001'): Promise<void> {
    await this.toConfirm(nationalDigits);
    await this.press('confirm');
    await this.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
  }

  async toConfirm(nationalDigits = '7010000001'): Promise<void> {
    await this.press('start', 'kk');
    await this.press('choose-top-up');
    await this.typeNumber(nationalDigits);
    await this.until('confirm', 11_000);
  }

  /** Types on the number pad and goes on. */
  async typeNumber(nationalDigits: string): Promise<void> {
    await this.press('digit', nationalDigits.slice(0, 1));
    for (const digit of nationalDigits.slice(1)) await this.tap('digit', digit);
    await this.tap('next');
  }

  insert(tenge: number): void {
    this.mechanics.insert(tengeNote(tenge));
  }

  /** Inserts a note and waits until the screen has counted it. */
  async pay(tenge: number): Promise<void> {
    const { insertedMinor } = await this.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    this.insert(tenge);
    await this.until('cash', 20_000, (screen) => screen.insertedMinor === insertedMinor + tenge * 100);
  }

  // -------------------------------------------------------------- the truth

  /** What is in the cassette, by the model of the machine. */
  cassetteMinor(): number {
    return this.mechanics.cassette?.totalMinor('KZT') ?? 0;
  }

  /** What the wallets have been credited with by this terminal, by the backend's books. */
  creditedMinor(): number {
    return this.backend.ledger
      .operations()
      .reduce((sum, operation) => sum + this.backend.ledger.creditedMinor(operation.operationId), 0);
  }
}
