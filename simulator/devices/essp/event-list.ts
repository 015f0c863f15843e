import { event } from './codes.ts';
import type { EsspSettings } from './settings.ts';

interface Pending {
  readonly bytes: readonly number[];
  readonly needsAck: boolean;
  toldTimes: number;
}

const acknowledged: readonly number[] = [event.credit, event.fraudAttempt, event.noteMovedToCashbox];

/** What has happened and was not told yet, or not acknowledged (eSSP §6). */
export class EventList {
  #pending: Pending[] = [];

  add(...bytes: readonly number[]): void {
    this.#pending.push({ bytes, needsAck: acknowledged.includes(bytes[0] ?? 0), toldTimes: 0 });
  }

  /** With acknowledgement the important ones stay; without it a credit may still be told several times. */
  tell(withAck: boolean, { plainCreditPolls }: EsspSettings): number[] {
    const told = this.#pending.flatMap(({ bytes }) => bytes);
    for (const one of this.#pending) one.toldTimes += 1;
    this.#pending = this.#pending.filter((one) => {
      if (withAck) return one.needsAck;
      return one.bytes[0] === event.credit && one.toldTimes < plainCreditPolls;
    });
    return told;
  }

  acknowledge({ ackClears }: EsspSettings): boolean {
    const isCleared = (one: Pending): boolean => one.needsAck && one.toldTimes > 0;
    const first = this.#pending.find(isCleared);
    if (first === undefined) return false;
    this.#pending = this.#pending.filter((one) => (ackClears === 'one' ? one !== first : !isCleared(one)));
    return true;
  }

  /** Channels of credits that no host has acknowledged. */
  get creditsOwed(): readonly number[] {
    return this.#pending.flatMap(({ bytes: [code, channel] }) =>
      code === event.credit && channel !== undefined ? [channel] : [],
    );
  }

  forgetTold(): void {
    this.#pending = this.#pending.filter(({ toldTimes }) => toldTimes === 0);
  }

  forget(): void {
    this.#pending = [];
  }
}
