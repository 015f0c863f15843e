import type { AcceptorProtocol } from '../../terminal/devices.ts';
import { streamOf } from '../random.ts';
import { type AnyHabits, acceptorInSwarm } from './acceptors/in-swarm.ts';
import type { FaultKind } from './fault-kinds.ts';
import {
  drawCollections,
  drawSettlements,
  type PlannedCollection,
  type PlannedSettlement,
} from './planned-errands.ts';
import { drawFaults, type PlannedFault } from './planned-faults.ts';
import { drawVisits, type PlannedVisit } from './planned-visits.ts';

/*
 * What one seed has in store: who comes with which notes, and what goes wrong when. Each event can be taken out without
 * changing any other, so that a failing plan can be made short.
 */

export interface Plan {
  readonly seed: number;
  readonly startWallMs: number;
  readonly protocol: AcceptorProtocol;
  /** How this acceptor behaves where the protocol leaves it open. */
  readonly habits: Partial<AnyHabits>;
  readonly events: readonly PlannedEvent[];
}

export type PlannedEvent = PlannedVisit | PlannedFault | PlannedCollection | PlannedSettlement;

const noonMs = Date.UTC(2026, 10, 22, 6, 30);
const hourMs = 3_600_000;
const quarterDayMs = 6 * hourMs;

export interface PlanOptions {
  readonly hours: number;
  readonly protocol: AcceptorProtocol;
  /** These faults strike often, and no others: for what a swarm would meet once in thousands of seeds. */
  readonly focus?: readonly FaultKind[] | undefined;
}

export function drawPlan(seed: number, { hours, protocol, focus }: PlanOptions): Plan {
  const acceptor = acceptorInSwarm(protocol);
  const random = streamOf(seed, 'world');
  const startWallMs = noonMs + random.nextInt(4) * quarterDayMs + random.nextInt(hourMs);
  const habits = acceptor.drawHabits(random);
  const visitors = streamOf(seed, 'visitors');
  const visits = drawVisits(hours, visitors);
  const faults = Array.from({ length: hours }, (_, hour) => drawFaults(seed, hour, focus))
    .flat()
    .filter(({ fault }) => !acceptor.lacks.includes(fault));
  const collectors = streamOf(seed, 'collectors');
  const collections = Array.from({ length: hours }, (_, hour) => drawCollections(hour, collectors)).flat();
  const administrators = streamOf(seed, 'administrators');
  const settlements = Array.from({ length: focus === undefined ? hours : 0 }, (_, hour) =>
    drawSettlements(hour, administrators),
  ).flat();
  return {
    seed,
    startWallMs,
    protocol,
    habits,
    events: [...visits, ...faults, ...collections, ...settlements],
  };
}
