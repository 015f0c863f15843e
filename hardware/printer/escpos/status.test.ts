import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complaintOf, type StatusQuestion, soundHealth, withRealTimeStatus, withReply } from './health.ts';
import type { StatusDialect } from './profile.ts';
import { type PrinterReply, parseReplies } from './status.ts';

interface Vectors {
  readonly states: readonly {
    state: string;
    realTime: readonly string[];
    automatic: string;
    complaint: string | null;
    paperLow: boolean;
  }[];
  readonly customFullStatus: readonly {
    state: string;
    bytes: string;
    complaint: string | null;
    slipInOutput: boolean;
    motorOn: boolean;
  }[];
  readonly answers: readonly { what: string; bytes: string; reply: PrinterReply }[];
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/escpos.json', import.meta.url), 'utf8'),
);

const none = new Uint8Array();

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

function parse(hex: string, dialect: StatusDialect = 'real-time'): readonly PrinterReply[] {
  return parseReplies(none, bytesOf(hex), dialect).replies;
}

describe('what the printer says about its state', () => {
  test.each(vectors.states)('$state, asked by DLE EOT 1 to 4', ({ realTime, complaint, paperLow }) => {
    let health = soundHealth;
    for (const [at, hex] of realTime.entries()) {
      const [reply] = parse(hex);
      expect(reply?.kind).toBe('real-time-status');
      if (reply?.kind !== 'real-time-status') return;
      health = withRealTimeStatus(health, (at + 1) as StatusQuestion, reply.bits);
    }
    expect(complaintOf(health)?.fault ?? null).toBe(complaint);
    expect(health.paperLow).toBe(paperLow);
  });

  test.each(vectors.states)('$state, told by itself', ({ automatic, complaint, paperLow }) => {
    const [reply, ...others] = parse(automatic);
    expect(others).toEqual([]);
    expect(reply?.kind).toBe('automatic-status');
    if (reply === undefined) return;
    const health = withReply(soundHealth, reply);
    expect(complaintOf(health)?.fault ?? null).toBe(complaint);
    expect(health.paperLow).toBe(paperLow);
  });

  test.each(vectors.customFullStatus)("$state, in Custom's full status", ({ bytes, ...expected }) => {
    const [reply, ...others] = parse(bytes, 'full');
    expect(others).toEqual([]);
    if (reply === undefined) throw new Error('nothing was heard');
    const health = withReply(soundHealth, reply);
    expect({ complaint: complaintOf(health)?.fault ?? null, ...pick(health) }).toEqual({
      complaint: expected.complaint,
      slipInOutput: expected.slipInOutput,
      motorOn: expected.motorOn,
    });
  });

  const pick = ({ slipInOutput, motorOn }: typeof soundHealth) => ({ slipInOutput, motorOn });

  test('a fault that has ended is forgotten by the next answer', () => {
    const out = withRealTimeStatus(soundHealth, 4, 0x7e);
    expect(complaintOf(out)?.fault).toBe('paper-out');
    expect(complaintOf(withRealTimeStatus(out, 4, 0x12))).toBeUndefined();
  });

  test('the thing to be done first is named first', () => {
    const both = { ...soundHealth, paperOut: true, coverOpen: true };
    expect(complaintOf(both)?.fault).toBe('cover-open');
  });
});

describe('replies taken out of the bytes', () => {
  test.each(vectors.answers)('$what', ({ bytes, reply }) => {
    expect(parse(bytes)).toEqual([reply]);
  });

  const everything = [
    '12',
    '1000000f',
    '37226162636400',
    '00',
    '372500',
    '7e',
    '5f544d2d543838564900',
    '1808000f',
  ];

  test('may be cut anywhere', () => {
    const whole = parse(everything.join(''));
    expect(whole.map((reply) => reply.kind)).toEqual([
      'real-time-status',
      'automatic-status',
      'process-id',
      'queued-status',
      'buffers-cleared',
      'real-time-status',
      'text',
      'automatic-status',
    ]);
    const bytes = bytesOf(everything.join(''));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const edges = [...new Set([0, ...cuts, bytes.length])].sort((one, other) => one - other);
        const heard: PrinterReply[] = [];
        let rest: Uint8Array = none;
        for (const [at, from] of edges.entries()) {
          const parsed = parseReplies(rest, bytes.subarray(from, edges[at + 1] ?? from), 'real-time');
          heard.push(...parsed.replies);
          rest = parsed.rest;
        }
        expect(heard).toEqual(whole);
        expect(rest).toHaveLength(0);
      }),
    );
  });

  test('XON and XOFF may fall into the four bytes of an automatic status', () => {
    expect(parse('10130003110f').map((reply) => reply.kind)).toEqual(['flow', 'flow', 'automatic-status']);
    expect(parse('1013000311' + '0f').at(-1)).toEqual({
      kind: 'automatic-status',
      bytes: bytesOf('1000030f'),
    });
  });

  test('an automatic status that breaks off does not swallow the answer after it', () => {
    expect(parse('10001200').map((reply) => reply.kind)).toEqual([
      'noise',
      'queued-status',
      'real-time-status',
      'queued-status',
    ]);
  });

  test('a block without an end is given up as noise, not waited for for ever', () => {
    const replies = parse(`37${'61'.repeat(120)}12`);
    expect(replies[0]?.kind).toBe('noise');
    expect(replies.at(-1)?.kind).toBe('real-time-status');
  });

  test('any noise whatever is survived, and little of it is kept', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('real-time' as const, 'full' as const),
        (bytes, dialect) => {
          const { replies, rest } = parseReplies(none, bytes, dialect);
          expect(rest.length).toBeLessThan(96);
          expect(replies.length).toBeLessThanOrEqual(bytes.length);
        },
      ),
    );
  });
});
