import type { AcceptorReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import type { AlarmCode } from '../faults.ts';
import { gaugeNames, type Level, type Levels } from '../fleet/gauges.ts';
import { type AlarmChange, endAlarms, raise } from './alarms.ts';
import type { HealthStep } from './decide.ts';
import type { Health } from './state.ts';

/* Alarms that have a level: a warning makes way for its critical one, and both for rest. The subject is the level. */

/** A gauge of the fleet watch has moved. */
export function onLevels(health: Health, levels: Levels): HealthStep {
  let next = health;
  const facts: Fact[] = [];
  for (const gauge of gaugeNames) {
    const change = atLevel(next, gauge, levels[gauge]);
    next = { ...next, alarms: change.alarms };
    facts.push(...change.facts);
  }
  return { health: next, facts, resetAcceptorAfterMs: undefined };
}

/** The printer has seen the end of its roll coming, or a new roll. */
export function onPaper(health: Health, paperLow: boolean): HealthStep {
  const { alarms, facts } = atLevel(health, 'paper-low', paperLow ? 'warning' : 'ok');
  return { health: { ...health, alarms }, facts, resetAcceptorAfterMs: undefined };
}

/** Of how many notes the share that went back at the mouth is watched. */
const notesWatched = 50;
/** Fewer say nothing: one crumpled note in three is a customer, not a dirty sensor. */
const notesWatchedMin = 20;

export interface RefusedShares {
  readonly rejectedWarningPercent: number;
  readonly rejectedCriticalPercent: number;
}

/** A dirty or misled sensor turns good notes away: seen in the share of notes that the device itself has refused. */
export function onNoteFate(health: Health, report: AcceptorReport, shares: RefusedShares): HealthStep {
  if (report.kind !== 'note-stacked' && report.kind !== 'note-rejected')
    return { health, facts: [], resetAcceptorAfterMs: undefined };
  const recentNotes = [...health.recentNotes, report.kind].slice(-notesWatched);
  const { alarms, facts } = atLevel(health, 'notes-rejected', refusedLevel(recentNotes, shares));
  return { health: { ...health, recentNotes, alarms }, facts, resetAcceptorAfterMs: undefined };
}

function refusedLevel(recentNotes: Health['recentNotes'], shares: RefusedShares): Level {
  if (recentNotes.length < notesWatchedMin) return 'ok';
  const refused = recentNotes.filter((fate) => fate === 'note-rejected').length;
  const percent = (100 * refused) / recentNotes.length;
  if (percent > shares.rejectedCriticalPercent) return 'critical';
  return percent > shares.rejectedWarningPercent ? 'warning' : 'ok';
}

function atLevel(health: Health, alarm: AlarmCode, level: Level): AlarmChange {
  const others = new Set(['warning', 'critical'].filter((other) => other !== level));
  const ended = endAlarms(health, alarm, others);
  if (level === 'ok') return ended;
  const raised = raise({ ...health, alarms: ended.alarms }, alarm, level, '');
  return { alarms: raised.alarms, facts: [...ended.facts, ...raised.facts] };
}
