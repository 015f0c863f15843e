import { EventEmitter } from 'node:events';

/*
 * Message ports as Electron's main and utility processes know them: entangled pairs that hold what comes until they are
 * started, lose what is sent to a closed end, and tell each other of a close.
 */

export class FakeMessagePort extends EventEmitter {
  #peer: FakeMessagePort | undefined;
  #isStarted = false;
  #held: unknown[] = [];

  static pair(): readonly [FakeMessagePort, FakeMessagePort] {
    const [one, other] = [new FakeMessagePort(), new FakeMessagePort()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  postMessage(data: unknown): void {
    // As a structured clone: what cannot be cloned fails here as it would there.
    this.#peer?.receive(structuredClone(data));
  }

  start(): void {
    this.#isStarted = true;
    const held = this.#held;
    this.#held = [];
    for (const data of held) this.emit('message', { data, ports: [] });
  }

  close(): void {
    const peer = this.#peer;
    if (peer === undefined) return;
    this.#peer = undefined;
    queueMicrotask(() => this.emit('close'));
    peer.close();
  }

  private receive(data: unknown): void {
    if (!this.#isStarted) {
      this.#held.push(data);
      return;
    }
    setImmediate(() => this.emit('message', { data, ports: [] }));
  }
}

export class FakeMessageChannel {
  readonly port1: FakeMessagePort;
  readonly port2: FakeMessagePort;

  constructor() {
    [this.port1, this.port2] = FakeMessagePort.pair();
  }
}

/** What crosses a process border on behalf of a port that has been transferred over it. */
export type PortTraffic =
  | { readonly kind: 'port-data'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly id: number };

/** Carries transferred ports over a border that knows messages only. */
export class PortFerry {
  readonly #ports = new Map<number, FakeMessagePort>();
  readonly #send: (traffic: PortTraffic) => void;

  constructor(send: (traffic: PortTraffic) => void) {
    this.#send = send;
  }

  /** From now on the port's owner is on the other side. */
  carry(id: number, port: FakeMessagePort): void {
    this.#ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => this.#send({ kind: 'port-data', id, data }));
    port.on('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'port-closed', id });
    });
    port.start();
  }

  receive(traffic: PortTraffic): void {
    const port = this.#ports.get(traffic.id);
    if (traffic.kind === 'port-data') port?.postMessage(traffic.data);
    else if (this.#ports.delete(traffic.id)) port?.close();
  }

  /** The other side is gone, and every port it held. */
  sink(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }
}

let lastPortId = 0;

export function nextPortId(): number {
  lastPortId += 1;
  return lastPortId;
}
