import { readFileSync, writeFileSync } from 'node:fs';
import type { Link } from '../../hardware/link/link.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { Store } from '../../terminal/store.ts';
import type { Stage } from '../swarm/stage.ts';
import type { RawRequest } from '../wallet/messages.ts';
import { bytesLeft, type Crash, type PassedPoint, type PointKind } from './points.ts';

/** What a device meets of bytes that left just before the end. */
const arrivalMs = 2;
/** A note that started with the stack byte is past the point of return by then. */
const lateCutMs = 600;
const darkMs = 500;

/** The note of the visit within which two crashes are tried. */
const pairedNote = 3;

const pollCode = 0x33;
const ackCode = 0x00;
/** Real-time commands of the printer ask, and change nothing on paper. */
const realTimeCode = 0x10;

interface Passed extends PassedPoint {
  /** A question is a point only if its answer differs from the one before. */
  isPoint: boolean;
}

/**
 * Stands between a process and all that it changes, names every such moment, and ends the process at those it is told.
 * From then on nothing of that process leaves it, not even what it does in the same instant.
 */
export class DoomedProcess {
  /** For each process that was swept: what it passed. */
  readonly lives: Passed[][] = [[]];
  deaths = 0;
  onDeath: (() => void) | undefined;
  readonly #stage: Stage;
  readonly #crashes: Crash[];
  readonly #counts = new Map<PointKind, number>();
  readonly #lastAnswer = { acceptor: '', printer: '' };
  readonly #question: { acceptor: Passed | undefined; printer: Passed | undefined } = {
    acceptor: undefined,
    printer: undefined,
  };
  #owesAck = false;
  #isDying = false;
  #span: PassedPoint['span'];
  #escrowed = 0;

  constructor(stage: Stage, crashes: readonly Crash[]) {
    this.#stage = stage;
    this.#crashes = [...crashes];
    const { world } = stage;
    const { wrapStore, wrapLink } = world;
    world.wrapStore = (store) => this.#store(wrapStore?.(store) ?? store);
    world.wrapLink = (link, device) => this.#link(wrapLink?.(link, device) ?? link, device);
    this.#watchBackend();
  }

  /** What is still to come. */
  get crashesLeft(): number {
    return this.#crashes.length;
  }

  #pass(kind: PointKind, byteCount: number, isPoint: boolean): { passed: Passed; crash: Crash | undefined } {
    const nth = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, nth);
    const hasNote = this.#stage.world.mechanics.path.kind !== 'empty';
    const passed = { kind, nth, hasNote, byteCount, isPoint, span: this.#span };
    this.lives.at(-1)?.push(passed);
    const [next] = this.#crashes;
    return { passed, crash: next?.kind === kind && next.nth === nth ? next : undefined };
  }

  #die({ power }: Crash): void {
    const { world } = this.#stage;
    this.#crashes.shift();
    this.deaths += 1;
    this.lives.push([]);
    this.#counts.clear();
    this.#isDying = false;
    this.#owesAck = false;
    for (const device of ['acceptor', 'printer'] as const) {
      this.#lastAnswer[device] = '';
      this.#question[device] = undefined;
    }
    world.kill();
    this.onDeath?.();
    if (power === 'stays') return;
    const cut = (): void => {
      world.mechanics.powerOff();
      world.printer.powerOff();
      world.clock.setTimer(darkMs, () => {
        world.mechanics.powerOn();
        world.printer.powerOn();
      });
    };
    if (power === 'power') cut();
    else world.clock.setTimer(lateCutMs, cut);
  }

  #dieSoon(crash: Crash): void {
    this.#isDying = true;
    this.#stage.world.clock.setTimer(arrivalMs, () => this.#die(crash));
  }

  #store(store: Store): Store {
    return {
      ...store,
      commit: async (facts, wallMs) => {
        if (this.#isDying) return never();
        this.#enterSpan(facts);
        const { crash } = this.#pass('write', 0, true);
        this.#leaveSpan(facts);
        if (crash === undefined) return store.commit(facts, wallMs);
        const { anchorPath } = this.#stage.ledger;
        const anchor = readFileSync(anchorPath);
        this.#isDying = true;
        if (crash.side !== 'before') await store.commit(facts, wallMs);
        this.#die(crash);
        if (crash.side === 'torn') writeFileSync(anchorPath, anchor);
        return never();
      },
    };
  }

  #enterSpan(facts: readonly Fact[]): void {
    for (const { kind } of facts) {
      if (kind === 'note-escrowed') this.#escrowed += 1;
      if (kind === 'note-escrowed' && this.#escrowed === pairedNote) this.#span = 'note';
      if (kind === 'operation-closed') this.#span = 'close';
    }
  }

  #leaveSpan(facts: readonly Fact[]): void {
    if (facts.some(({ kind }) => kind === 'note-stacked')) this.#span = undefined;
  }

  #link(link: Link, device: 'acceptor' | 'printer'): Link {
    return {
      description: link.description,
      open: async (events) => {
        const connection = await link.open({
          ...events,
          onBytes: (bytes) => {
            if (this.#isDying) return;
            this.#hear(device, bytes);
            events.onBytes(bytes);
          },
        });
        return {
          close: () => connection.close(),
          write: (bytes) => {
            if (this.#isDying) return;
            const isQuestion = device === 'acceptor' ? isPoll(bytes) : bytes[0] === realTimeCode;
            const { passed, crash } = this.#pass(
              device,
              bytes.length,
              this.#isPoint(device, bytes, isQuestion),
            );
            if (isQuestion) this.#question[device] = passed;
            if (crash === undefined) {
              connection.write(bytes);
            } else if (crash.side === 'before') {
              this.#die(crash);
            } else {
              connection.write(bytes.subarray(0, bytesLeft(crash.side, bytes.length)));
              this.#dieSoon(crash);
            }
          },
        };
      },
    };
  }

  /** An acknowledgement counts when it lets something new go. */
  #isPoint(device: 'acceptor' | 'printer', bytes: Uint8Array, isQuestion: boolean): boolean {
    if (isQuestion) return false;
    if (device === 'printer' || bytes[3] !== ackCode) return true;
    const owes = this.#owesAck;
    this.#owesAck = false;
    return owes;
  }

  #hear(device: 'acceptor' | 'printer', bytes: Uint8Array): void {
    const answer = Buffer.from(bytes).toString('hex');
    const question = this.#question[device];
    this.#question[device] = undefined;
    if (question === undefined || answer === this.#lastAnswer[device]) return;
    this.#lastAnswer[device] = answer;
    question.isPoint = true;
    if (device === 'acceptor') this.#owesAck = true;
  }

  #watchBackend(): void {
    const { backend } = this.#stage.world;
    const deliver = backend.deliver.bind(backend);
    backend.deliver = async (request) => {
      if (this.#isDying) return never();
      const { crash } = this.#pass('request', request.body.length, true);
      if (crash === undefined) return deliver(request);
      this.#isDying = true;
      if (crash.side === 'torn') await deliver(halfOf(request));
      if (crash.side === 'after') await deliver(request);
      this.#die(crash);
      return never();
    };
  }
}

function isPoll(bytes: Uint8Array): boolean {
  return bytes[3] === pollCode;
}

function halfOf(request: RawRequest): RawRequest {
  return { ...request, body: request.body.subarray(0, request.body.length >> 1) };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
