import { randomUUID } from 'node:crypto';
import type { Screen, ScreenView } from '../terminal/contract/messages.ts';
import type { RunningTerminal } from '../terminal/runtime/terminal.ts';
import { visitTimes } from '../terminal/session/timeouts.ts';

type ScreenKind = Screen['kind'];

/** Plays a customer who sees what the terminal shows and touches what it offers, through the screen contract alone. */
export class ScriptedCustomer {
  #view: ScreenView | undefined;
  #terminal: RunningTerminal | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #onScreen: (view: ScreenView) => void;

  constructor(onScreen: (view: ScreenView) => void = () => undefined) {
    this.#onScreen = onScreen;
  }

  /** Hand this to the terminal as its screen. */
  readonly see = (view: ScreenView): void => {
    this.#view = view;
    this.#onScreen(view);
    for (const look of this.#waiting) look();
  };

  stepUpTo(terminal: RunningTerminal): void {
    this.#terminal = terminal;
    this.see(terminal.view());
  }

  /** Waits until the screen is the one named and, if asked, says what it should. */
  until<K extends ScreenKind>(
    kind: K,
    withinMs: number,
    says: (screen: Extract<Screen, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<Screen, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const shown = (): Extract<Screen, { kind: K }> | undefined => {
        const screen = this.#view?.screen;
        if (screen?.kind !== kind) return undefined;
        const named = screen as Extract<Screen, { kind: K }>;
        return says(named) ? named : undefined;
      };
      const finish = (): void => {
        this.#waiting.delete(look);
        clearTimeout(timeout);
      };
      const look = (): void => {
        const screen = shown();
        if (screen === undefined) return;
        finish();
        resolve(screen);
      };
      const timeout = setTimeout(() => {
        finish();
        reject(
          new Error(`not on the screen within ${withinMs} ms: ${kind}; it shows ${this.#view?.screen.kind}`),
        );
      }, withinMs);
      this.#waiting.add(look);
      look();
    });
  }

  /** Touches a button once the screen takes presses; fails if there is no such button. */
  async press(action: string, value?: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, visitTimes.pressAfterMs + 20));
    this.tap(action, value);
  }

  /** Touches again on a screen that has been there for a while. */
  tap(action: string, value?: string): void {
    const offer = this.#view?.offers.find((candidate) => candidate.action === action);
    if (offer === undefined || this.#terminal === undefined) {
      throw new Error(`no button "${action}" on the screen ${this.#view?.screen.kind}`);
    }
    const press = { kind: 'press', pressId: randomUUID(), offerId: offer.offerId, value };
    this.#terminal.hear(JSON.stringify(press));
  }
}
