import { describe, expect, test } from 'vitest';
import type { AcceptorReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import { allOk, type Levels } from '../fleet/gauges.ts';
import { creditId, healthy, settings } from '../testing/samples.ts';
import { onLevels, onNoteFate, onPaper } from './gauges.ts';

function alarms(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap((fact) => {
    if (fact.kind === 'alarm-raised') return [`+${fact.alarm} ${fact.subject}`];
    return fact.kind === 'alarm-ended' ? [`-${fact.alarm} ${fact.subject}`] : [];
  });
}

describe('a gauge', () => {
  const filling = (level: Levels['cassette-filling']): Levels => ({ ...allOk, 'cassette-filling': level });

  test('warns, becomes critical, and comes to rest, each told once', () => {
    const warned = onLevels(healthy, filling('warning'));
    expect(alarms(warned.facts)).toEqual(['+cassette-filling warning']);
    expect(onLevels(warned.health, filling('warning')).facts).toEqual([]);
    const critical = onLevels(warned.health, filling('critical'));
    expect(alarms(critical.facts)).toEqual(['-cassette-filling warning', '+cassette-filling critical']);
    const emptied = onLevels(critical.health, allOk);
    expect(alarms(emptied.facts)).toEqual(['-cassette-filling critical']);
    expect(emptied.health.alarms).toEqual([]);
  });

  test('leaves another one alone', () => {
    const both = onLevels(healthy, { ...filling('warning'), 'no-payment': 'critical' });
    expect(alarms(onLevels(both.health, { ...allOk, 'no-payment': 'critical' }).facts)).toEqual([
      '-cassette-filling warning',
    ]);
  });
});

test('the end of a roll is told once, and a new roll ends it', () => {
  const low = onPaper(healthy, true);
  expect(alarms(low.facts)).toEqual(['+paper-low warning']);
  expect(onPaper(low.health, true).facts).toEqual([]);
  expect(alarms(onPaper(low.health, false).facts)).toEqual(['-paper-low warning']);
});

describe('notes that the acceptor turns away', () => {
  const stacked: AcceptorReport = {
    kind: 'note-stacked',
    creditId: creditId(1),
    escrowId: undefined,
    denomination: undefined,
  };
  const rejected: AcceptorReport = { kind: 'note-rejected', reason: 'doubtful' };

  function alarmsAfter(...fates: readonly AcceptorReport[]): readonly string[] {
    let health = healthy;
    const facts: Fact[] = [];
    for (const fate of fates) {
      const step = onNoteFate(health, fate, settings.fleet);
      health = step.health;
      facts.push(...step.facts);
    }
    return alarms(facts);
  }
  const times = (count: number, report: AcceptorReport): readonly AcceptorReport[] =>
    Array(count).fill(report);

  test('say nothing while they are few', () => {
    expect(alarmsAfter(...times(19, rejected))).toEqual([]);
  });

  test('warn above a fifth, and are critical above half', () => {
    expect(alarmsAfter(...times(16, stacked), ...times(4, rejected))).toEqual([]);
    expect(alarmsAfter(...times(15, stacked), ...times(5, rejected))).toEqual(['+notes-rejected warning']);
    expect(alarmsAfter(...times(20, rejected))).toEqual(['+notes-rejected critical']);
  });

  test('are forgotten after fifty others', () => {
    expect(alarmsAfter(...times(20, rejected), ...times(50, stacked))).toEqual([
      '+notes-rejected critical',
      '-notes-rejected critical',
      '+notes-rejected warning',
      '-notes-rejected warning',
    ]);
  });

  test('one that the host sent back is no refusal', () => {
    const back: AcceptorReport = { kind: 'note-returned', escrowId: undefined, reason: 'host' };
    expect(onNoteFate(healthy, back, settings.fleet).health).toBe(healthy);
  });
});
