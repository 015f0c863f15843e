import type { Report } from '../run.ts';
import type { Breach } from './audit/breach.ts';
import { allFaultKinds, type FaultKind, faultGroups, faultKinds, outsideKinds } from './fault-kinds.ts';

/** A report as it crosses from one process to another. */
export interface PlainReport {
  readonly seed: number;
  readonly simulatedMs: number;
  readonly visits: number;
  readonly notes: number;
  readonly collections: number;
  readonly settlements: number;
  readonly struck: Readonly<Partial<Record<FaultKind, number>>>;
  readonly breaches: readonly Breach[];
  readonly tookMs: number;
}

export function plainReport(report: Report, tookMs: number): PlainReport {
  return { ...report, struck: Object.fromEntries(report.struck), tookMs };
}

/** What many seeds have come to. */
export interface Summary {
  readonly seeds: number;
  readonly simulatedMs: number;
  readonly visits: number;
  readonly notes: number;
  readonly collections: number;
  readonly settlements: number;
  readonly struck: ReadonlyMap<FaultKind, number>;
  readonly breaches: number;
  readonly failedSeeds: readonly number[];
  readonly tookMs: number;
}

export function emptySummary(): Summary {
  return {
    seeds: 0,
    simulatedMs: 0,
    visits: 0,
    notes: 0,
    collections: 0,
    settlements: 0,
    struck: new Map(),
    breaches: 0,
    failedSeeds: [],
    tookMs: 0,
  };
}

export function addReport(sum: Summary, report: PlainReport): Summary {
  const struck = new Map(sum.struck);
  for (const kind of allFaultKinds) {
    const times = report.struck[kind] ?? 0;
    if (times > 0) struck.set(kind, (struck.get(kind) ?? 0) + times);
  }
  return {
    seeds: sum.seeds + 1,
    simulatedMs: sum.simulatedMs + report.simulatedMs,
    visits: sum.visits + report.visits,
    notes: sum.notes + report.notes,
    collections: sum.collections + report.collections,
    settlements: sum.settlements + report.settlements,
    struck,
    breaches: sum.breaches + report.breaches.length,
    failedSeeds: report.breaches.length > 0 ? [...sum.failedSeeds, report.seed] : sum.failedSeeds,
    tookMs: sum.tookMs + report.tookMs,
  };
}

const hourMs = 3_600_000;

/** For people: what was played, what went wrong how often, and what came of it. */
export function describeSummary(sum: Summary, wallMs?: number): string {
  const faults = [...sum.struck.values()].reduce((total, times) => total + times, 0);
  const lines = [
    `${sum.seeds} seeds, ${(sum.simulatedMs / hourMs).toFixed(1)} simulated hours ` +
      `(${(sum.simulatedMs / hourMs / 24 / 365).toFixed(3)} years), ` +
      `${sum.visits} visits, ${sum.notes} notes, ${sum.collections} collections, ${sum.settlements} settled by hand, ` +
      `${faults} faults, ${sum.breaches} violations`,
  ];
  if (sum.tookMs > 0) {
    const speed = Math.round(sum.simulatedMs / sum.tookMs);
    const visitsPerSecond = (sum.visits / (sum.tookMs / 1_000)).toFixed(1);
    lines.push(`one process plays ${speed} × real time, ${visitsPerSecond} visits a second`);
  }
  if (wallMs !== undefined) lines.push(`all of it took ${(wallMs / 1_000).toFixed(0)} s`);
  for (const group of faultGroups) {
    lines.push(`${group}:`);
    for (const kind of allFaultKinds) {
      const spec = faultKinds[kind];
      if (spec.group !== group) continue;
      const times = String(sum.struck.get(kind) ?? 0).padStart(8);
      lines.push(`${times}  ${kind} (${spec.class}): ${spec.what}`);
    }
  }
  lines.push('outside, never injected:', ...outsideKinds.map((what) => `          ${what}`));
  if (sum.failedSeeds.length > 0) lines.push(`failed seeds: ${sum.failedSeeds.join(', ')}`);
  return lines.join('\n');
}
