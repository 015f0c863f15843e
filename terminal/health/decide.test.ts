import { describe, expect, test } from 'vitest';
import type { AcceptorFault, AcceptorReport, PrinterFault } from '../devices.ts';
import type { Fact } from '../facts.ts';
import {
  contextAt,
  creditId,
  emptyTill,
  escrowId,
  healthy,
  identity,
  settingsFile,
  settingsOf,
  tenge,
} from '../testing/samples.ts';
import { followAlarms } from './alarms.ts';
import {
  cashBlock,
  dueReset,
  type HealthStep,
  onAcceptorHealth,
  onClock,
  onCollectorSeen,
  onCrashLoop,
  onDiskSpace,
  onLedgerChecked,
  onPrinterHealth,
  onRanQuietly,
  onStorage,
  welcomeDenominations,
} from './decide.ts';
import type { CashBlock, Health } from './state.ts';

const trouble = (fault: AcceptorFault): AcceptorReport => ({ kind: 'acceptor-trouble', fault, detail: 'd' });
const ended = (fault: AcceptorFault): AcceptorReport => ({ kind: 'acceptor-trouble-ended', fault });
const lost: AcceptorReport = { kind: 'acceptor-lost', fault: 'no-answer', detail: '' };
const connected: AcceptorReport = { kind: 'acceptor-connected', identity };
const recovered: AcceptorReport = { kind: 'acceptor-recovered', leftInPath: 'nothing' };

function blockOf(health: Health): CashBlock | undefined {
  return cashBlock(health, emptyTill, [], contextAt(0));
}

/** The reports one after the other, and all that was stored on the way. */
function hearing(...reports: readonly AcceptorReport[]): {
  readonly health: Health;
  readonly facts: readonly Fact[];
} {
  const facts: Fact[] = [];
  let health = healthy;
  for (const report of reports) {
    const step = onAcceptorHealth(health, report);
    health = step.health;
    facts.push(...step.facts);
  }
  return { health, facts };
}

function alarms(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap((fact) => {
    if (fact.kind === 'alarm-raised') return [`+${fact.alarm} ${fact.subject}`];
    return fact.kind === 'alarm-ended' ? [`-${fact.alarm} ${fact.subject}`] : [];
  });
}

describe('what the acceptor says of itself', () => {
  /** Alarm, block of sales, and whether a reset is tried without a person. */
  const table: Record<AcceptorFault, readonly [string, CashBlock | undefined, boolean]> = {
    'not-connected': ['+acceptor-trouble not-connected', 'acceptor-fault', false],
    'no-answer': ['+acceptor-trouble no-answer', 'acceptor-fault', false],
    'wrong-device': ['+acceptor-trouble wrong-device', 'acceptor-fault', false],
    'looped-back': ['+acceptor-trouble looped-back', 'acceptor-fault', false],
    'bill-table': ['+acceptor-trouble bill-table', 'acceptor-fault', false],
    'cassette-full': ['+acceptor-trouble cassette-full', 'cassette', false],
    'cassette-removed': ['+cassette-removed-unannounced cassette', 'collection', false],
    'jam-in-head': ['+acceptor-trouble jam-in-head', 'acceptor-fault', true],
    'jam-in-cassette': ['+acceptor-trouble jam-in-cassette', 'acceptor-fault', true],
    cheated: ['+acceptor-trouble cheated', 'acceptor-fault', true],
    // The customer's to pull back; the visit goes on.
    paused: ['+acceptor-trouble paused', undefined, true],
    failure: ['+acceptor-trouble failure', 'acceptor-fault', true],
    'note-stuck': ['+acceptor-trouble note-stuck', 'acceptor-fault', true],
    'note-in-mouth': ['+note-left-in-mouth mouth', 'acceptor-fault', false],
  };
  const faults = Object.keys(table) as AcceptorFault[];

  test.each(faults)('%s: its alarm, its block, its reset', (fault) => {
    const step = onAcceptorHealth(healthy, trouble(fault));
    expect([alarms(step.facts)[0], blockOf(step.health), step.resetAcceptorAfterMs !== undefined]).toEqual(
      table[fault],
    );
  });

  test.each(faults)('%s told again raises nothing new', (fault) => {
    const { health, facts } = hearing(trouble(fault), trouble(fault));
    expect(facts).toHaveLength(1);
    expect(health.acceptor.faults).toEqual([fault]);
    expect(onAcceptorHealth(health, trouble(fault)).resetAcceptorAfterMs).toBeUndefined();
  });

  test.each(faults.filter((fault) => fault !== 'cassette-removed'))('%s ends with its alarm', (fault) => {
    const { health, facts } = hearing(trouble(fault), ended(fault));
    expect(alarms(facts)).toEqual([table[fault][0], table[fault][0].replace('+', '-')]);
    expect(blockOf(health)).toBeUndefined();
  });

  test('one fault ending leaves the other standing', () => {
    const { health } = hearing(trouble('failure'), trouble('cassette-full'), ended('failure'));
    expect(health.acceptor.faults).toEqual(['cassette-full']);
    expect(blockOf(health)).toBe('cassette');
  });

  test('a lost line blocks until it is connected and its path is known', () => {
    expect(blockOf(hearing(lost).health)).toBe('acceptor-absent');
    expect(blockOf(hearing(lost, connected).health)).toBe('acceptor-absent');
    const back = hearing(lost, connected, recovered);
    expect(blockOf(back.health)).toBeUndefined();
    expect(alarms(back.facts)).toEqual(['+acceptor-trouble no-answer', '-acceptor-trouble no-answer']);
  });

  test('recovery ends every fault but a pulled cassette', () => {
    const { health, facts } = hearing(trouble('jam-in-head'), trouble('cassette-removed'), recovered);
    expect(alarms(facts).filter((alarm) => alarm.startsWith('-'))).toEqual(['-acceptor-trouble jam-in-head']);
    expect(blockOf(health)).toBe('collection');
  });

  test('which device it is is written down once, and again when it is another', () => {
    const fresh: Health = { ...healthy, acceptor: { ...healthy.acceptor, identity: undefined } };
    const first = onAcceptorHealth(fresh, connected);
    expect(first.facts).toMatchObject([{ kind: 'acceptor-seen', serialNumber: identity.serialNumber }]);
    expect(onAcceptorHealth(first.health, connected).facts).toEqual([]);
    const other = { ...identity, serialNumber: 'another' };
    expect(onAcceptorHealth(first.health, { ...connected, identity: other }).facts).toHaveLength(1);
  });

  const ofNotes: readonly AcceptorReport[] = [
    { kind: 'note-accepting' },
    { kind: 'note-escrowed', escrowId: escrowId(1), denomination: undefined },
    { kind: 'note-stacking' },
    { kind: 'note-stacked', creditId: creditId(1), escrowId: undefined, denomination: undefined },
    { kind: 'credit-released', creditId: creditId(1) },
    { kind: 'note-returning', reason: 'host' },
    { kind: 'note-returned', escrowId: undefined, reason: 'host' },
    { kind: 'note-rejected', reason: 'doubtful' },
  ];
  test.each(ofNotes)('$kind says nothing about the device', (report) => {
    expect(onAcceptorHealth(healthy, report)).toEqual({
      health: healthy,
      facts: [],
      resetAcceptorAfterMs: undefined,
    });
  });

  test('enabled is what the device confirms', () => {
    const enabled = onAcceptorHealth(healthy, { kind: 'acceptor-enabled' }).health;
    expect(enabled.acceptor.enabled).toBe(true);
    expect(onAcceptorHealth(enabled, { kind: 'acceptor-disabled' }).health.acceptor.enabled).toBe(false);
    expect(onAcceptorHealth(enabled, lost).health.acceptor.enabled).toBe(false);
    expect(onAcceptorHealth(enabled, recovered).health.acceptor.enabled).toBe(false);
  });
});

describe('resets without a person', () => {
  test('three are tried, then it waits for somebody', () => {
    let step: HealthStep | undefined = onAcceptorHealth(healthy, trouble('jam-in-head'));
    const intervals = [step.resetAcceptorAfterMs];
    for (let next = dueReset(step.health); next !== undefined; next = dueReset(step.health)) {
      step = next;
      intervals.push(step.resetAcceptorAfterMs);
    }
    expect(intervals).toEqual([30_000, 30_000, 30_000, undefined]);
  });

  test('one that has become needless is not made', () => {
    expect(dueReset(hearing(trouble('jam-in-head'), ended('jam-in-head')).health)).toBeUndefined();
    expect(dueReset(hearing(trouble('cassette-full')).health)).toBeUndefined();
  });

  test('a pulled cassette is asked for only once a collector has been seen', () => {
    const { health } = hearing(trouble('cassette-removed'));
    expect(dueReset(health)).toBeUndefined();
    const seen = onCollectorSeen(health, 'anna');
    expect(alarms(seen.facts)).toEqual(['-cassette-removed-unannounced cassette']);
    expect(seen.resetAcceptorAfterMs).toBe(0);
    expect(blockOf(seen.health)).toBe('cassette');
    expect(dueReset(seen.health)).toBeDefined();
  });
});

describe('what the printer says of itself', () => {
  const faults: readonly PrinterFault[] = [
    ...(['not-connected', 'no-answer', 'wrong-device', 'paper-out', 'cover-open'] as const),
    ...(['cutter', 'over-heated', 'jam', 'failure'] as const),
  ];
  test.each(faults)('%s raises one alarm and blocks no sale; ready ends it', (fault) => {
    const report = { kind: 'printer-trouble', fault, detail: '' } as const;
    const step = onPrinterHealth(healthy, report);
    expect(alarms(step.facts)).toEqual([`+printer-trouble ${fault}`]);
    expect(step.health.printer).toMatchObject({ ready: false, fault });
    expect(onPrinterHealth(step.health, report).facts).toEqual([]);
    expect(blockOf(step.health)).toBeUndefined();
    const ready = onPrinterHealth(step.health, { kind: 'printer-ready', paperLow: true, model: undefined });
    expect(alarms(ready.facts)).toEqual([`-printer-trouble ${fault}`]);
    expect(ready.health.printer).toEqual({ ready: true, paperLow: true, model: undefined, fault: undefined });
  });
});

describe('what else stops sales', () => {
  test('each cause raises its alarm once and ends it', () => {
    const pairs: readonly [(health: Health) => HealthStep, (health: Health) => HealthStep, string][] = [
      [(health) => onClock(health, false), (health) => onClock(health, true), 'clock-wrong clock'],
      [(health) => onStorage(health, true), (health) => onStorage(health, false), 'storage-trouble full'],
      [
        (health) => onDiskSpace(health, true),
        (health) => onDiskSpace(health, false),
        'storage-trouble little room left',
      ],
      [
        (health) => onLedgerChecked(health, 'row 7'),
        (health) => onLedgerChecked(health, undefined),
        'ledger-damaged ledger',
      ],
      [onCrashLoop, onRanQuietly, 'crash-loop process'],
    ];
    for (const [begins, ends, alarm] of pairs) {
      const begun = begins(healthy);
      expect(alarms(begun.facts)).toEqual([`+${alarm}`]);
      expect(begins(begun.health).facts).toEqual([]);
      expect(blockOf(begun.health)).toBeDefined();
      const over = ends(begun.health);
      expect(alarms(over.facts)).toEqual([`-${alarm}`]);
      expect(blockOf(over.health)).toBeUndefined();
      expect(ends(over.health).facts).toEqual([]);
    }
  });

  test('the worst cause is the one that is shown', () => {
    const stops = ['ledger-rolled-back', 'answers-contradict'] as const;
    let { health } = hearing(trouble('failure'), trouble('cassette-full'), trouble('cassette-removed'), lost);
    const shown = (withStops = stops as readonly (typeof stops)[number][]): CashBlock | undefined =>
      cashBlock(health, emptyTill, withStops, contextAt(0));
    expect(shown([])).toBe('collection');
    expect(shown(['answers-contradict'])).toBe('answers-wrong');
    expect(shown()).toBe('ledger');
    health = onClock(health, false).health;
    expect(shown()).toBe('clock');
    health = onCrashLoop(health).health;
    expect(shown()).toBe('crash-loop');
    health = onStorage(health, true).health;
    expect(shown()).toBe('storage');
  });

  test('a device that knows none of our notes takes none', () => {
    const context = contextAt(0, { settings: settingsOf({ ...settingsFile, denominations: [700] }) });
    expect(cashBlock(healthy, emptyTill, [], context)).toBe('acceptor-fault');
  });
});

test('welcome is what operator and device know and what still fits', () => {
  const wanted = [500, 700, 1_000, 20_000].map(tenge);
  expect(welcomeDenominations(healthy, wanted, tenge(1_000))).toEqual([500, 1_000].map(tenge));
  expect(welcomeDenominations(healthy, wanted, 0)).toEqual([]);
});

test('alarms that other parts raise and end are followed, each once', () => {
  const raised: Fact = { kind: 'alarm-raised', alarm: 'note-unknown', subject: 'n1', detail: '' };
  const other: Fact = { ...raised, subject: 'n2' };
  const over: Fact = { kind: 'alarm-ended', alarm: 'note-unknown', subject: 'n1' };
  const followed = followAlarms(healthy, [raised, raised, other]);
  expect(followed.alarms).toHaveLength(2);
  expect(followAlarms(followed, [over]).alarms).toEqual([{ alarm: 'note-unknown', subject: 'n2' }]);
});
