import type { ScreenView } from '../../terminal/contract/messages.ts';
import { visitTimes } from '../../terminal/session/timeouts.ts';
import type { DeviceProcess } from '../simulated-device.ts';
import type { HostProcess } from './host-process.ts';
import type { Papers } from './papers.ts';
import type { CyclePlan } from './plan.ts';

type CashScreen = Extract<ScreenView['screen'], { kind: 'cash' }>;

/** A screen takes no press before it has stood for a while. */
const pressAfterMs = visitTimes.pressAfterMs + 20;
/** Nobody touches again, or offers another note, before the last touch had time to show. */
const againAfterMs = 300;

/**
 * Whoever stands before the terminal does what its screen asks for, and goes on with what the one before has left: a
 * resumed visit, a result.
 */
export class Customer {
  readonly #host: HostProcess;
  readonly #acceptor: DeviceProcess;
  readonly #papers: Papers;
  readonly #plan: CyclePlan;
  #inserted = 0;
  #actedAtMs = 0;

  constructor(host: HostProcess, acceptor: DeviceProcess, papers: Papers, plan: CyclePlan) {
    this.#host = host;
    this.#acceptor = acceptor;
    this.#papers = papers;
    this.#plan = plan;
  }

  /** Looks at the screen and does one thing, or waits. */
  act(): void {
    const { view, screenStoodMs } = this.#host;
    if (view === undefined || screenStoodMs < pressAfterMs) return;
    if (performance.now() - this.#actedAtMs < againAfterMs) return;
    if (view.question !== undefined) this.#tap('continue');
    else this.#answer(view);
  }

  #answer({ screen, offers }: ScreenView): void {
    switch (screen.kind) {
      case 'attract':
        this.#tap('start', 'kk');
        break;
      case 'service':
        this.#tap('choose-top-up');
        break;
      case 'number':
        this.#typeNumber(screen.digits);
        break;
      case 'check-failed':
        this.#tap(offers.some(({ action }) => action === 'retry') ? 'retry' : 'cancel');
        break;
      case 'confirm':
        this.#tap('confirm');
        break;
      case 'no-paper':
        this.#tap('without-paper');
        break;
      case 'cash':
        this.#pay(screen);
        break;
      case 'result':
        if (screen.print !== 'printing') this.#tap('done');
        break;
      default:
    }
  }

  #typeNumber(digits: string): void {
    const { wallet } = this.#plan;
    if (digits === wallet) this.#tap('next');
    else if (digits !== '') this.#tap('clear');
    else for (const digit of wallet) this.#tap('digit', digit);
  }

  #pay(screen: CashScreen): void {
    const tenge = this.#plan.notesTenge[this.#inserted];
    if (screen.note !== 'none' || this.#papers.place !== 'none') return;
    if (tenge === undefined || screen.stopped !== undefined) {
      this.#tap(screen.insertedMinor > 0 ? 'pay' : 'cancel');
      return;
    }
    // The mouth is dark for a moment after each note; a note offered then would stay in the hand.
    if (!screen.isAcceptorOpen) return;
    this.#actedAtMs = performance.now();
    this.#inserted += 1;
    this.#acceptor.say(`insert ${tenge}`);
  }

  #tap(action: string, value?: string): void {
    this.#actedAtMs = performance.now();
    this.#host.tap(action, value);
  }
}
