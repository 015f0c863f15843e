import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lockOut, waitMsAfter } from './lock-out.ts';
import { may, roles } from './roles.ts';
import { duressPin, isGuessablePin, padOrder, pinBehindDuress } from './staff.ts';

describe('rights', () => {
  test('who carries the money away never says what an unknown note was', () => {
    for (const role of roles) {
      const resolves = may(role, 'propose-note') || may(role, 'confirm-note');
      expect(may(role, 'collect') && resolves, role).toBe(false);
    }
  });

  test('a note that one role proposes on can be confirmed by another', () => {
    expect(roles.filter((role) => may(role, 'confirm-note'))).toEqual(['technician', 'administrator']);
  });

  test('an auditor changes nothing', () => {
    const changes = [
      ...(['collect', 'settle-operations', 'propose-note', 'confirm-note'] as const),
      ...(['change-settings', 'run-terminal', 'manage-staff', 'diagnose'] as const),
    ];
    expect(changes.filter((right) => may('auditor', right))).toEqual([]);
  });
});

describe('a PIN', () => {
  test.each(['111111', '123456', '987654', '121212', '123123', '000000'])('%s is guessable', (pin) => {
    expect(isGuessablePin(pin)).toBe(true);
  });

  test.each(['493816', '112233', '123457', '890123'])('%s is not', (pin) => {
    expect(isGuessablePin(pin)).toBe(false);
  });

  test('under duress is another one, and leads back to the true one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6}$/), (pin) => {
        expect(duressPin(pin)).not.toBe(pin);
        expect(pinBehindDuress(duressPin(pin))).toBe(pin);
      }),
    );
  });
});

test('the pad has every digit once, whatever chance says', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), (chance) => {
      expect([...padOrder(chance)].sort().join('')).toBe('0123456789');
    }),
  );
});

test('each refusal costs at least as much as the one before, and never more than the maximum', () => {
  const waits = Array.from({ length: 60 }, (_, refusals) => waitMsAfter(refusals));
  expect(waits.slice(0, lockOut.freeRefusals)).toEqual([0, 0, 0]);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.at(-1)).toBe(lockOut.waitMsMax);
});
