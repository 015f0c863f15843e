import type { Instant } from '../context.ts';
import type { Fact } from '../facts.ts';
import type { Condition } from '../fleet/condition.ts';
import type { ChainAnchor } from '../wallet/messages.ts';
import type { DeliveryEffect, DeliveryNotice } from './effect.ts';
import type { DeliverySettings } from './settings.ts';
import type { DeliveryState } from './state.ts';

/** What a decision may look at besides state and event. */
export interface DeliveryContext {
  readonly now: Instant;
  /** A fresh random whole number from 0 to 2³² − 1: every wait's jitter is drawn from it. */
  readonly chance: number;
  readonly settings: DeliverySettings;
  readonly terminalNumber: string;
  /** The last durable journal row. */
  readonly anchor: ChainAnchor;
  /** How the terminal is now: what a heartbeat tells. */
  readonly condition: () => Condition;
}

export interface DeliveryDecision {
  readonly state: DeliveryState;
  /** To be committed in one transaction before any effect is carried out. */
  readonly facts: readonly Fact[];
  readonly effects: readonly DeliveryEffect[];
  /** What has become known about top-ups; told to the visit after the facts are durable. */
  readonly notices: readonly DeliveryNotice[];
}
