import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeDown, decodeUp } from './decode.ts';
import { actionSchema, contractLimits, type Offer } from './messages.ts';
import { admit, closedGate, type PressGate } from './press-gate.ts';

const press = { kind: 'press', pressId: 'p1', offerId: '3.pay' } as const;
const offers: readonly Offer[] = [{ offerId: '3.pay', action: 'pay' }];

/** Texts of any sort: noise, JSON of anything, and presses bent in one place. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 2_000 }),
  fc.json(),
  fc
    .record(
      {
        kind: fc.oneof(fc.constant('press'), fc.string()),
        pressId: fc.oneof(fc.string(), fc.jsonValue()),
        offerId: fc.oneof(fc.string(), fc.constant('4.pay'), fc.jsonValue()),
        value: fc.oneof(fc.string(), fc.jsonValue()),
        more: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);

describe('what comes up from a screen', () => {
  test('a press is read as it was written', () => {
    expect(decodeUp(JSON.stringify(press))).toEqual({ kind: 'message', message: press });
    const chosen = { ...press, value: '7' };
    expect(decodeUp(JSON.stringify(chosen))).toEqual({ kind: 'message', message: chosen });
  });

  test.each([
    ['too long', ' '.repeat(contractLimits.pressTextMax + 1), 'too-long'],
    ['empty', '', 'not-json'],
    ['no JSON', '{kind:press}', 'not-json'],
    ['JSON of another sort', '[]', 'not-in-contract'],
    ['null', 'null', 'not-in-contract'],
    ['another kind', JSON.stringify({ ...press, kind: 'view' }), 'not-in-contract'],
    ['no press id', JSON.stringify({ ...press, pressId: '' }), 'not-in-contract'],
    ['a long press id', JSON.stringify({ ...press, pressId: 'p'.repeat(65) }), 'not-in-contract'],
    ['a value that is no text', JSON.stringify({ ...press, value: 7 }), 'not-in-contract'],
    ['a long value', JSON.stringify({ ...press, value: '7'.repeat(33) }), 'not-in-contract'],
    ['one thing more', JSON.stringify({ ...press, amountMinor: 1 }), 'not-in-contract'],
  ])('%s is refused', (_what, text, why) => {
    expect(decodeUp(text)).toEqual({ kind: 'refused', why });
  });

  test('a press at the limit of its length is still one', () => {
    const text = JSON.stringify(press).padEnd(contractLimits.pressTextMax, ' ');
    expect(decodeUp(text).kind).toBe('message');
  });

  test('whatever a screen sends, nothing is thrown and nothing unoffered is pressed', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 40 }), (texts) => {
        let gate: PressGate = closedGate;
        texts.forEach((text, index) => {
          const admitted = admit(gate, text, offers, index * 50);
          gate = admitted.gate;
          expect(admitted.answer.kind).toBe('refused');
        });
      }),
      { numRuns: 500 },
    );
  });

  test('among noise the true press goes through, once', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), fc.nat(20), (texts, at) => {
        const told = [
          ...texts.slice(0, at),
          JSON.stringify(press),
          ...texts.slice(at),
          JSON.stringify(press),
        ];
        let gate: PressGate = closedGate;
        const pressed = told.flatMap((text, index) => {
          const admitted = admit(gate, text, offers, index * 100);
          gate = admitted.gate;
          return admitted.answer.kind === 'pressed' ? [admitted.answer.pressed.action] : [];
        });
        expect(pressed).toEqual(['pay']);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the gate’s memory is bounded', () => {
  test('it forgets the oldest press ids and all old times', () => {
    let gate: PressGate = closedGate;
    const count = contractLimits.rememberedPressIds + 10;
    for (let index = 0; index < count; index += 1) {
      gate = admit(gate, JSON.stringify({ ...press, pressId: `p${index}` }), offers, index * 100).gate;
    }
    expect(gate.recentPressIds).toHaveLength(contractLimits.rememberedPressIds);
    expect(gate.recentPressIds.at(-1)).toBe(`p${count - 1}`);
    expect(gate.recentTimesMonoMs.length).toBeLessThanOrEqual(10);
  });

  test('a flood of any text shuts it, and noise counts as much as presses', () => {
    let gate: PressGate = closedGate;
    for (let index = 0; index < contractLimits.pressesPerSecondMax; index += 1) {
      gate = admit(gate, 'noise', offers, 0).gate;
    }
    expect(admit(gate, JSON.stringify(press), offers, 999).answer).toEqual({
      kind: 'refused',
      why: 'too-fast',
    });
    expect(admit(gate, JSON.stringify(press), offers, 1_000).answer.kind).toBe('pressed');
  });
});

describe('what goes down to a screen', () => {
  test('noise is refused and nothing is thrown', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeDown(text).kind).toBe('refused');
      }),
    );
    expect(decodeDown(' '.repeat(contractLimits.viewTextMax + 1))).toEqual({
      kind: 'refused',
      why: 'too-long',
    });
  });

  test('every action has a name of its own', () => {
    expect(new Set(actionSchema.options).size).toBe(actionSchema.options.length);
  });
});
