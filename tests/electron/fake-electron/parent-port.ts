import { EventEmitter } from 'node:events';
import { FakeMessagePort, PortFerry, type PortTraffic } from './message-port.ts';

/*
 * Loaded into the terminal host before its own code: gives it the `process.parentPort` of an Electron utility process,
 * over the channel of a forked child.
 */

interface PostedMessage {
  readonly kind: 'message';
  readonly data: unknown;
  readonly portIds: readonly number[];
}

class FakeParentPort extends EventEmitter {
  readonly #held: { data: unknown; ports: FakeMessagePort[] }[] = [];
  readonly #ferry = new PortFerry((traffic) => this.#tell(traffic));

  constructor() {
    super();
    process.on('message', (message) => this.#receive(message as PostedMessage | PortTraffic));
    // Electron holds messages until somebody listens.
    this.on('newListener', (event) => {
      if (event === 'message') setImmediate(() => this.#release());
    });
  }

  postMessage(data: unknown): void {
    this.#tell({ kind: 'message', data });
  }

  #tell(message: unknown): void {
    if (process.connected) process.send?.(message);
  }

  #receive(message: PostedMessage | PortTraffic): void {
    if (message.kind !== 'message') {
      this.#ferry.receive(message);
      return;
    }
    const ports = message.portIds.map((id) => {
      const [ours, carried] = FakeMessagePort.pair();
      this.#ferry.carry(id, carried);
      return ours;
    });
    this.#held.push({ data: message.data, ports });
    this.#release();
  }

  #release(): void {
    if (this.listenerCount('message') === 0) return;
    for (const event of this.#held.splice(0)) this.emit('message', event);
  }
}

Object.defineProperty(process, 'parentPort', { value: new FakeParentPort() });
