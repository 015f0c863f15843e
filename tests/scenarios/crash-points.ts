import type { Link } from '../../hardware/link/link.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { Store } from '../../terminal/store.ts';
import type { World } from './world.ts';

/*
 * Every moment at which a process can die and leave another world behind: before and after each commit, each command
 * to a device, each new word of the acceptor, each request to the backend. One walk through names them; then each can
 * be made the last.
 */

/** What the next process meets of a byte or a request that left just before the end. */
const arrivalMs = 2;

export class CrashPoints {
  /** In the order of the walk. */
  readonly passed: string[] = [];
  readonly #world: World;
  readonly #counts = new Map<string, number>();
  readonly #lethal: string | undefined;
  #hasKilled = false;
  #owesAck = false;
  #lastWord = '';

  /** Watches all that `world` does from its next start on, and ends the process at the point named `lethal`. */
  constructor(world: World, lethal?: string) {
    this.#world = world;
    this.#lethal = lethal;
    world.wrapStore = (store) => this.#watchStore(store);
    world.wrapLink = (link, device) => this.#watchLink(link, device);
    this.#watchBackend();
  }

  get hasKilled(): boolean {
    return this.#hasKilled;
  }

  /** True if the process has just died here. */
  #pass(name: string): boolean {
    if (this.#hasKilled) return false;
    const nth = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, nth);
    const point = nth === 1 ? name : `${name}, time ${nth}`;
    this.passed.push(point);
    if (point !== this.#lethal) return false;
    this.#hasKilled = true;
    this.#world.kill();
    return true;
  }

  #passSoon(name: string): void {
    this.#world.clock.setTimer(arrivalMs, () => void this.#pass(name));
  }

  #watchStore(store: Store): Store {
    return {
      ...store,
      commit: async (facts, wallMs) => {
        const name = `commit ${kindsOf(facts)}`;
        this.#owesAck ||= facts.some((fact) => fact.kind === 'note-stacked');
        if (this.#pass(`before ${name}`)) return never();
        const committed = await store.commit(facts, wallMs);
        return this.#pass(`after ${name}`) ? never() : committed;
      },
    };
  }

  #watchLink(link: Link, device: 'acceptor' | 'printer'): Link {
    return {
      description: link.description,
      open: async (events) => {
        const connection = await link.open({
          ...events,
          onBytes: (bytes) => {
            const word = device === 'acceptor' ? this.#newWord(bytes) : undefined;
            if (word !== undefined && this.#pass(`before hearing ${word}`)) return;
            events.onBytes(bytes);
          },
        });
        return {
          ...connection,
          write: (bytes) => {
            const name = device === 'acceptor' ? this.#commandName(bytes) : printerCommandName(bytes);
            if (name !== undefined && this.#pass(`before ${name}`)) return;
            connection.write(bytes);
            if (name !== undefined) this.#passSoon(`after ${name}`);
          },
        };
      },
    };
  }

  #watchBackend(): void {
    const { backend } = this.#world;
    const deliver = backend.deliver.bind(backend);
    backend.deliver = async (request) => {
      const name = `${request.method} ${request.url.pathname.replace(/[0-9a-f-]{36}/, 'id')}`;
      if (this.#pass(`before ${name}`)) return never();
      const delivery = await deliver(request);
      return this.#pass(`after ${name}`) ? never() : delivery;
    };
  }

  /** Of the acknowledgements only the one that lets a credit go; of the rest all but polls. */
  #commandName(frame: Uint8Array): string | undefined {
    const command = acceptorCommands[frame[3] ?? -1];
    if (command !== 'ACK') return command === 'POLL' ? undefined : (command ?? 'unknown command');
    const name = this.#owesAck ? 'ACK of the credit' : undefined;
    this.#owesAck = false;
    return name;
  }

  /** The acceptor's state when it differs from the one before. */
  #newWord(bytes: Uint8Array): string | undefined {
    const isState = bytes[0] === 0x02 && (bytes[2] === 6 || bytes[2] === 7) && bytes[3] !== 0x00;
    if (!isState) return undefined;
    const word = Buffer.from(bytes.subarray(3, -2)).toString('hex');
    if (word === this.#lastWord) return undefined;
    this.#lastWord = word;
    return word;
  }
}

/** CCNET §5, by command code. */
const acceptorCommands: Readonly<Record<number, string>> = {
  0: 'ACK',
  48: 'RESET',
  50: 'SET SECURITY',
  51: 'POLL',
  52: 'ENABLE',
  53: 'STACK',
  54: 'RETURN',
  55: 'IDENTIFICATION',
  65: 'GET BILL TABLE',
};

/** Real-time questions and answers change nothing on the paper. */
function printerCommandName(bytes: Uint8Array): string | undefined {
  return bytes[0] === 0x10 ? undefined : 'slip bytes';
}

function kindsOf(facts: readonly Fact[]): string {
  return facts.map((fact) => fact.kind).join(' + ');
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
