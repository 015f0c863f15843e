import type { Random } from '../../terminal/ports.ts';
import type { CcnetSettings } from '../devices/ccnet/settings.ts';
import { pick, streamOf } from '../random.ts';
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
  /** How this acceptor behaves where the protocol leaves it open. */
  readonly habits: Partial<CcnetSettings>;
  readonly events: readonly PlannedEvent[];
}

export type PlannedEvent = PlannedVisit | PlannedFault | PlannedCollection | PlannedSettlement;

const noonMs = Date.UTC(2026, 10, 22, 6, 30);
const hourMs = 3_600_000;
const quarterDayMs = 6 * hourMs;

/** `focus`: these faults strike often, and no others: for what a swarm would meet once in thousands of seeds. */
export function drawPlan(seed: number, hours: number, focus?: readonly FaultKind[]): Plan {
  const random = streamOf(seed, 'world');
  const startWallMs = noonMs + random.nextInt(4) * quarterDayMs + random.nextInt(hourMs);
  const habits = drawHabits(random);
  const visitors = streamOf(seed, 'visitors');
  const visits = drawVisits(hours, visitors);
  const faults = Array.from({ length: hours }, (_, hour) => drawFaults(seed, hour, focus)).flat();
  const collectors = streamOf(seed, 'collectors');
  const collections = Array.from({ length: hours }, (_, hour) => drawCollections(hour, collectors)).flat();
  const administrators = streamOf(seed, 'administrators');
  const settlements = Array.from({ length: focus === undefined ? hours : 0 }, (_, hour) =>
    drawSettlements(hour, administrators),
  ).flat();
  return { seed, startWallMs, habits, events: [...visits, ...faults, ...collections, ...settlements] };
}

function drawHabits(random: Random): Partial<CcnetSettings> {
  const isOdd = (): boolean => random.nextInt(3) === 0;
  return {
    ...(isOdd() && { onNak: 'waits-for-command' }),
    ...(isOdd() && { onSilentHost: 'stops-accepting' }),
    ...(isOdd() && { onDisableWithNote: 'returns-note' }),
    ...(isOdd() && { whileEjecting: pick(['returning', 'returned'] as const, random) }),
    ...(isOdd() && { onCassetteBack: 'initializes' }),
    ...(isOdd() && { settingsLegal: pick(['at-rest', 'always'] as const, random) }),
    ...(isOdd() && { setSecurity: 'always-illegal' }),
    ...(isOdd() && { recoveredCreditSurvivesPowerLoss: false }),
    ...(isOdd() && { busyAfterResetMs: random.nextInt(3_000) }),
  };
}
