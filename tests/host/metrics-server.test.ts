import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MetricsServer, startMetricsServer } from '../../host/metrics-server.ts';
import { sampleCondition } from '../../terminal/delivery/testing/samples.ts';
import type { Condition } from '../../terminal/fleet/condition.ts';
import { minorFromTenge } from '../../terminal/money.ts';

let condition: Condition;
let server: MetricsServer;
beforeEach(async () => {
  condition = sampleCondition;
  server = await startMetricsServer(0, () => condition);
});
afterEach(() => server.close());

async function lines(): Promise<readonly string[]> {
  const answer = await fetch(server.url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return (await answer.text()).split('\n');
}

describe('a monitor on this machine', () => {
  test('reads how the terminal is', async () => {
    const text = await lines();
    expect(text).toEqual(
      expect.arrayContaining([
        'qyzyl_build_info{version="test"} 1',
        'qyzyl_state{state="free"} 1',
        'qyzyl_state{state="out-of-service"} 0',
        'qyzyl_acceptor_connected 1',
        'qyzyl_disk_free_percent 80',
      ]),
    );
    // Before the first count nothing is said about the ledger, rather than zero.
    expect(text.filter((line) => line.startsWith('qyzyl_cassette'))).toEqual([]);
  });

  test('reads what the ledger counts, in tenge and seconds', async () => {
    const counts = [
      { valueMinor: minorFromTenge(2_000), count: 3 },
      { valueMinor: minorFromTenge(500), count: 1 },
    ];
    condition = {
      ...sampleCondition,
      state: 'out-of-service',
      why: 'cassette',
      alarms: [{ alarm: 'acceptor-trouble', subject: 'a "quoted"\n\\ subject' }],
      figures: {
        cassette: { periodNumber: 4, openedAtMs: 0, counts, notesInDoubt: 1 },
        queue: { waiting: 2, accepted: 1, stopped: 3, oldestWaitingClosedAtMs: 1_500 },
        unknownNotes: 1,
        lastPaymentAtMs: 2_000,
        lastCreditedAtMs: undefined,
      },
    };
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'qyzyl_cash_blocked{reason="cassette"} 1',
        'qyzyl_alarm{alarm="acceptor-trouble",subject="a \\"quoted\\"\\n\\\\ subject"} 1',
        'qyzyl_cassette_notes{denomination="2000"} 3',
        'qyzyl_cassette_notes_total 4',
        'qyzyl_cassette_tenge 6500',
        'qyzyl_top_ups{state="stopped"} 3',
        'qyzyl_oldest_waiting_timestamp_seconds 1.5',
        'qyzyl_last_payment_timestamp_seconds 2',
      ]),
    );
  });

  test('finds each metric named once, with its help and type before it', async () => {
    const text = (await lines()).filter((line) => line !== '');
    const helped = text.flatMap((line) => /^# HELP (\S+) \S/.exec(line)?.[1] ?? []);
    const typed = text.flatMap((line) => /^# TYPE (\S+) gauge$/.exec(line)?.[1] ?? []);
    expect(new Set(helped).size).toBe(helped.length);
    expect(typed).toEqual(helped);
    for (const line of text.filter((other) => !other.startsWith('#'))) {
      expect(line).toMatch(/^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?\d+(\.\d+)?$/);
    }
  });
});

describe('anything else gets nothing', () => {
  function status(path: string, method = 'GET', host?: string): Promise<number | undefined> {
    const { port } = new URL(server.url);
    return new Promise((resolve, reject) => {
      request({ port, path, method, host: '127.0.0.1', ...(host && { headers: { host } }) }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });
  }

  test.each([
    ['another path', '/', 'GET', undefined, 404],
    ['another method', '/metrics', 'POST', undefined, 405],
    ['a name that only points at this machine', '/metrics', 'GET', 'rebound.example', 421],
  ] as const)('%s', async (_what, path, method, host, expected) => {
    expect(await status(path, method, host)).toBe(expected);
  });
});
