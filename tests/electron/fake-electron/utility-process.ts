import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ForkOptions } from 'electron';
import { type FakeMessagePort, nextPortId, PortFerry, type PortTraffic } from './message-port.ts';

/* Electron's utility process as a forked Node process; the entry it runs is the real one. */

const parentPort = new URL('./parent-port.ts', import.meta.url).href;

type FromChild = { readonly kind: 'message'; readonly data: unknown } | PortTraffic;

export class FakeUtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ferry: PortFerry;

  static readonly running = new Set<FakeUtilityProcess>();

  constructor(entry: string, args: readonly string[]) {
    super();
    this.#child = fork(entry, args, {
      execArgv: ['--import', parentPort],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ferry = new PortFerry((traffic) => this.#tell(traffic));
    FakeUtilityProcess.running.add(this);
    this.#child.on('message', (message: FromChild) => {
      if (message.kind === 'message') this.emit('message', message.data);
      else this.#ferry.receive(message);
    });
    this.#child.once('exit', (code) => {
      FakeUtilityProcess.running.delete(this);
      this.#ferry.sink();
      this.emit('exit', code ?? 1);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(data: unknown, ports: readonly FakeMessagePort[] = []): void {
    const portIds = ports.map(nextPortId);
    this.#tell({ kind: 'message', data, portIds });
    ports.forEach((port, index) => {
      const id = portIds[index];
      if (id !== undefined) this.#ferry.carry(id, port);
    });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #tell(message: object): void {
    if (this.#child.connected) this.#child.send(message);
  }
}

export const utilityProcess = {
  fork: (entry: string, args: readonly string[] = [], _options?: ForkOptions): FakeUtilityProcess =>
    new FakeUtilityProcess(entry.startsWith('file:') ? fileURLToPath(entry) : entry, args),
};
