import type { AcceptorDriver, AcceptorReport } from '../../../terminal/devices.ts';
import type { Clock, IdSource, Timer } from '../../../terminal/ports.ts';
import { type Link, type LinkConnection, LinkError } from '../../link/link.ts';
import type { AcceptorLogEvent, Output, PathState } from './state.ts';
import type { Input, Step } from './step.ts';

export interface AcceptorParts {
  readonly link: Link;
  readonly clock: Clock;
  /** One id is taken at creation; it marks the escrow and credit ids of this run. */
  readonly ids: IdSource;
  readonly log?: (event: AcceptorLogEvent) => void;
}

/** What a protocol is to its driver: a pure machine, told of bytes, time and wishes. */
export interface AcceptorDialog<State extends PathState> {
  begin(idPrefix: string, nowMonoMs: number): State;
  step(state: State, input: Input, nowMonoMs: number): Step<State>;
  /** When the dialog next needs to be told the time; nothing while the line is closed. */
  nextWake(state: State, nowMonoMs: number): number | undefined;
}

/** An acceptor on its line. The only file here that touches a port or a clock. */
export function createAcceptorDriver<State extends PathState>(
  parts: AcceptorParts,
  dialog: AcceptorDialog<State>,
): AcceptorDriver {
  return new DialogDriver(parts, dialog);
}

class DialogDriver<State extends PathState> implements AcceptorDriver {
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #dialog: AcceptorDialog<State>;
  readonly #log: (event: AcceptorLogEvent) => void;
  #state: State;
  #onReport: ((report: AcceptorReport) => void) | undefined;
  #connection: LinkConnection | undefined;
  #opening = false;
  #reopenDelayMs: number;
  #wake: { readonly atMonoMs: number; readonly timer: Timer } | undefined;
  #reopenTimer: Timer | undefined;
  readonly #inputs: Input[] = [];
  #running = false;
  #stopping: { readonly whenSafe: () => void } | undefined;
  #stopped = false;

  constructor(parts: AcceptorParts, dialog: AcceptorDialog<State>) {
    this.#link = parts.link;
    this.#clock = parts.clock;
    this.#dialog = dialog;
    this.#log = parts.log ?? (() => undefined);
    this.#state = dialog.begin(parts.ids.uuidV7(), parts.clock.monoMs());
    this.#reopenDelayMs = this.#state.options.reopenDelayMs;
  }

  start(onReport: (report: AcceptorReport) => void): void {
    this.#onReport = onReport;
    this.#open();
  }

  renewLease(lease: Parameters<AcceptorDriver['renewLease']>[0]): void {
    if (this.#stopping === undefined) this.#feed({ kind: 'lease', lease });
  }

  endLease(): void {
    this.#feed({ kind: 'lease', lease: undefined });
  }

  stack(escrowId: Parameters<AcceptorDriver['stack']>[0]): void {
    this.#feed({ kind: 'stack', escrowId });
  }

  returnNote(escrowId: Parameters<AcceptorDriver['returnNote']>[0]): void {
    this.#feed({ kind: 'return', escrowId });
  }

  confirmCredit(creditId: Parameters<AcceptorDriver['confirmCredit']>[0]): void {
    this.#feed({ kind: 'confirm', creditId });
  }

  reset(): void {
    this.#feed({ kind: 'reset' });
  }

  /** Waits a moment for a note to finish and the acceptor to be disabled; a dead device is not waited for. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      const deadline = this.#clock.setTimer(this.#state.options.stopMsMax, resolve);
      const whenSafe = (): void => {
        deadline.cancel();
        resolve();
      };
      this.#stopping = { whenSafe };
      this.endLease();
    });
    this.#stopped = true;
    this.#wake?.timer.cancel();
    this.#reopenTimer?.cancel();
    await this.#connection?.close();
    this.#connection = undefined;
  }

  /** Inputs that come while one is being worked on, from a report's receiver for example, wait for their turn. */
  #feed(input: Input): void {
    this.#inputs.push(input);
    if (this.#running || this.#stopped) return;
    this.#running = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) this.#take(next);
    this.#running = false;
    this.#arm();
    if (isSafe(this.#state)) this.#stopping?.whenSafe();
  }

  #take(input: Input): void {
    const { state, outputs } = this.#dialog.step(this.#state, input, this.#clock.monoMs());
    this.#state = state;
    // Bytes first: what was checked for them a moment ago must still hold when they leave.
    for (const output of outputs) if (output.kind === 'send') this.#connection?.write(output.bytes);
    for (const output of outputs) this.#perform(output);
  }

  #perform(output: Output): void {
    switch (output.kind) {
      case 'send':
        return;
      case 'report':
        this.#onReport?.(output.report);
        return;
      case 'reopen-link':
        this.#reopen();
        return;
      case 'log':
        this.#log(output.event);
        return;
    }
  }

  #arm(): void {
    const nowMonoMs = this.#clock.monoMs();
    const atMonoMs = this.#dialog.nextWake(this.#state, nowMonoMs);
    if (this.#wake?.atMonoMs === atMonoMs) return;
    this.#wake?.timer.cancel();
    this.#wake = undefined;
    if (atMonoMs === undefined) return;
    const timer = this.#clock.setTimer(Math.max(0, atMonoMs - nowMonoMs), () => {
      this.#wake = undefined;
      this.#feed({ kind: 'time' });
    });
    this.#wake = { atMonoMs, timer };
  }

  #open(): void {
    if (this.#opening || this.#stopped) return;
    this.#opening = true;
    let current = true;
    const opened = this.#link.open({
      onBytes: (chunk) => {
        if (current) this.#feed({ kind: 'bytes', chunk });
      },
      onClosed: (reason) => {
        if (!current) return;
        current = false;
        this.#connection = undefined;
        this.#feed({ kind: 'link-closed', reason });
        this.#openLater();
      },
    });
    opened.then(
      (connection) => this.#linkOpened(connection, current),
      (error: unknown) => this.#linkFailed(error),
    );
  }

  #linkOpened(connection: LinkConnection, current: boolean): void {
    this.#opening = false;
    if (!current) return;
    if (this.#stopped) {
      void connection.close();
      return;
    }
    this.#connection = connection;
    this.#reopenDelayMs = this.#state.options.reopenDelayMs;
    this.#feed({ kind: 'link-opened' });
  }

  #linkFailed(error: unknown): void {
    this.#opening = false;
    if (!(error instanceof LinkError)) throw error;
    this.#feed({ kind: 'link-failed', detail: `${error.code}: ${error.message}` });
    this.#openLater();
  }

  #openLater(): void {
    if (this.#stopped) return;
    this.#reopenTimer?.cancel();
    this.#reopenTimer = this.#clock.setTimer(this.#reopenDelayMs, () => this.#open());
    this.#reopenDelayMs = Math.min(this.#reopenDelayMs * 2, this.#state.options.reopenDelayMsMax);
  }

  #reopen(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    void connection.close().then(() => this.#open());
  }
}

/** Nothing can go in: the device is disabled or out of order, or it is not there to be told. */
function isSafe({ isLineOpen, phase, seen }: PathState): boolean {
  if (!isLineOpen || phase.kind === 'seeking' || phase.kind === 'refused') return true;
  return seen?.poll.kind === 'disabled' || seen?.motion === 'initializing' || seen?.motion === 'fault';
}
