import type { Condition } from '../terminal/fleet/condition.ts';
import { type Figures, notesIn, sumIn } from '../terminal/fleet/figures.ts';
import { minorPerTenge } from '../terminal/money.ts';

/*
 * A terminal's condition in the text format 0.0.4 of Prometheus (prometheus.io/docs/instrumenting/exposition_formats).
 * No phone, no name, no operation.
 */

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export function metricsText(condition: Condition): string {
  const metrics = [...metricsOfTerminal(condition), ...metricsOfDevices(condition)];
  if (condition.figures !== undefined) metrics.push(...metricsOfLedger(condition.figures));
  return metrics.map(textOf).join('');
}

function metricsOfTerminal(condition: Condition): Metric[] {
  const { build, startedAtMs, state, why, alarms, diskFreePercent, clockOffsetMs } = condition;
  return [
    one('build_info', 'Which software runs.', 1, { version: build }),
    one('start_time_seconds', 'When this process started.', startedAtMs / 1_000),
    {
      name: 'state',
      help: 'Whether the next customer may begin, somebody is being served, staff are at work, or nothing is sold.',
      samples: (['free', 'in-use', 'in-service', 'out-of-service'] as const).map((name) => ({
        labels: { state: name },
        value: Number(name === state),
      })),
    },
    {
      name: 'cash_blocked',
      help: 'Why no cash is taken.',
      samples: why === undefined ? [] : [{ labels: { reason: why }, value: 1 }],
    },
    {
      name: 'alarm',
      help: 'Alarms that stand.',
      samples: alarms.map(({ alarm, subject }) => ({ labels: { alarm, subject }, value: 1 })),
    },
    ...known('disk_free_percent', 'Room left where the ledger lives.', diskFreePercent),
    ...known(
      'clock_offset_seconds',
      'How far the clock is ahead of the backend’s.',
      clockOffsetMs === undefined ? undefined : clockOffsetMs / 1_000,
    ),
  ];
}

function metricsOfDevices({ acceptor, printer }: Condition): readonly Metric[] {
  const { protocol = '', model = '', serialNumber = '', firmware = '' } = acceptor;
  return [
    one('acceptor_info', 'Which acceptor is attached.', 1, {
      protocol,
      model,
      serial: serialNumber,
      firmware,
    }),
    one('acceptor_connected', 'The acceptor answers.', Number(acceptor.connected)),
    one('acceptor_enabled', 'The acceptor takes notes.', Number(acceptor.enabled)),
    {
      name: 'acceptor_fault',
      help: 'What a person has to see to.',
      samples: acceptor.faults.map((fault) => ({ labels: { fault }, value: 1 })),
    },
    one('printer_ready', 'The printer prints.', Number(printer.ready)),
    one('printer_paper_low', 'The end of the roll is near.', Number(printer.paperLow)),
  ];
}

function metricsOfLedger({
  cassette,
  queue,
  unknownNotes,
  lastPaymentAtMs,
  lastCreditedAtMs,
}: Figures): readonly Metric[] {
  return [
    ...(cassette === undefined
      ? []
      : [
          {
            name: 'cassette_notes',
            help: 'Notes in the cassette beyond doubt.',
            samples: cassette.counts.map(({ valueMinor, count }) => ({
              labels: { denomination: String(valueMinor / minorPerTenge) },
              value: count,
            })),
          },
          one('cassette_notes_total', 'All notes in the cassette beyond doubt.', notesIn(cassette)),
          one(
            'cassette_notes_in_doubt',
            'Notes that stand by themselves on the slip.',
            cassette.notesInDoubt,
          ),
          one('cassette_tenge', 'What the notes beyond doubt are worth.', sumIn(cassette) / minorPerTenge),
        ]),
    {
      name: 'top_ups',
      help: 'Top-ups that are not credited yet.',
      samples: (['waiting', 'accepted', 'stopped'] as const).map((state) => ({
        labels: { state },
        value: queue[state],
      })),
    },
    ...knownTime(
      'oldest_waiting_timestamp_seconds',
      'When the oldest of them closed.',
      queue.oldestWaitingClosedAtMs,
    ),
    one('unknown_notes', 'Notes whose whereabouts nobody can prove yet.', unknownNotes),
    ...knownTime('last_payment_timestamp_seconds', 'When a visit last closed with money.', lastPaymentAtMs),
    ...knownTime('last_credited_timestamp_seconds', 'When the newest credited top-up was.', lastCreditedAtMs),
  ];
}

function one(name: string, help: string, value: number, labels: Sample['labels'] = {}): Metric {
  return { name, help, samples: [{ labels, value }] };
}

function known(name: string, help: string, value: number | undefined): readonly Metric[] {
  return value === undefined ? [] : [one(name, help, value)];
}

function knownTime(name: string, help: string, atMs: number | undefined): readonly Metric[] {
  return known(name, help, atMs === undefined ? undefined : atMs / 1_000);
}

function textOf({ name, help, samples }: Metric): string {
  const full = `qyzyl_${name}`;
  const lines = samples.map(({ labels = {}, value }) => `${full}${labelsText(labels)} ${value}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${lines.join('')}`;
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
