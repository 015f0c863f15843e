import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { terminalEnvironment, terminalNodeOptions } from '../../host/process-options.ts';
import { decodeDown } from '../../terminal/contract/decode.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';

export interface HostOptions {
  readonly settingsPath: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the process logs and complains about is added there. */
  readonly logPath: string;
}

/** The production process without a screen, started as its supervisor starts it, and ended as only a power cut does. */
export class HostProcess {
  readonly startedMs = performance.now();
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();
  #view: ScreenView | undefined;
  #screenSinceMs = 0;
  #wasKilled = false;

  constructor({ settingsPath, environment, logPath }: HostOptions) {
    const log = openSync(logPath, 'a');
    const entry = fileURLToPath(new URL('../../host/headless.ts', import.meta.url));
    this.#child = fork(entry, ['--settings', settingsPath], {
      stdio: ['ignore', log, log, 'ipc'],
      execArgv: [...terminalNodeOptions],
      env: { ...terminalEnvironment, ...process.env, ...environment },
    });
    closeSync(log);
    this.#child.on('message', (text) => this.#see(String(text)));
    this.#child.once('exit', () => this.#tell());
  }

  /** What is on the screen; nothing before the terminal runs. */
  get view(): ScreenView | undefined {
    return this.#view;
  }

  /** For how long the screen has been that one. */
  get screenStoodMs(): number {
    return performance.now() - this.#screenSinceMs;
  }

  /** How the process ended by itself; `undefined` while it runs, and once it was killed. */
  get endedWith(): string | undefined {
    const { exitCode, signalCode } = this.#child;
    if (this.#wasKilled || (exitCode === null && signalCode === null)) return undefined;
    return signalCode ?? `exit code ${exitCode}`;
  }

  /** Called after every view, and at the end of the process. */
  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Touches a button; false if there is no such button now. */
  tap(action: string, value?: string): boolean {
    const offer = this.#view?.offers.find((one) => one.action === action);
    if (offer === undefined || !this.#child.connected) return false;
    const chosen = value === undefined ? {} : { value };
    this.#child.send(
      JSON.stringify({ kind: 'press', pressId: randomUUID(), offerId: offer.offerId, ...chosen }),
    );
    return true;
  }

  /** Ends the process at once. Resolves when the kernel has let go of all that was its. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks the process to end, as a technician would. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#wasKilled = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
  }

  #see(text: string): void {
    const decoded = decodeDown(text);
    if (decoded.kind === 'refused' || this.#wasKilled) return;
    const { view } = decoded.message;
    if (view.screen.kind !== this.#view?.screen.kind) this.#screenSinceMs = performance.now();
    this.#view = view;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
