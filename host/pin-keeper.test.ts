import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { duressPin } from '../terminal/staff/staff.ts';
import { enrolmentFile } from './enrolment-file.ts';
import { makeVerifier, pinKeeper } from './pin-keeper.ts';

function enrolmentPlace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'enrolment-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'enrolment.json');
}

describe('A PIN', () => {
  const pins = pinKeeper('/nonexistent/enrolment.json');

  test('fits its own verifier, and no other', async () => {
    const verifier = await pins.make('493816');
    expect(await pins.check('493816', verifier)).toBe('fits');
    expect(await pins.check('493815', verifier)).toBe('differs');
    expect(await pins.check('493816', await pins.make('493815'))).not.toBe('fits');
  });

  test('calls for help when its last digit is one higher, 9 being followed by 0', async () => {
    for (const pin of ['493816', '493819']) {
      expect(await pins.check(duressPin(pin), await pins.make(pin))).toBe('duress');
    }
  });

  test('has a salt of its own, and cannot be read off', async () => {
    const [one, other] = [await pins.make('493816'), await pins.make('493816')];
    expect(one).not.toBe(other);
    expect(one).not.toContain('493816');
  });

  test.each([undefined, '', 'md5$a$b', 'scrypt', 'scrypt$$'])('never fits %s', async (verifier) => {
    expect(await pins.check('493816', verifier)).toBe('differs');
  });
});

describe('An enrolment code', () => {
  test('is good once', async () => {
    const path = enrolmentPlace();
    enrolmentFile(path).write(await makeVerifier('48151623'));
    const pins = pinKeeper(path);
    expect(await pins.checkEnrolment('48151624')).toBe(false);
    expect(await pins.checkEnrolment('48151623')).toBe(true);
    await pins.endEnrolment();
    expect(await pins.checkEnrolment('48151623')).toBe(false);
  });

  test('is for the owner of the file alone, and not in it', async () => {
    const path = enrolmentPlace();
    enrolmentFile(path).write(await makeVerifier('48151623'));
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain('48151623');
  });

  test.each([
    ['too old', JSON.stringify({ verifier: 'scrypt$A$A', untilMs: 1 })],
    ['not JSON', '{'],
    ['something else', '{"verifier":7}'],
  ])('counts for nothing when the file is %s', async (_, text) => {
    const path = enrolmentPlace();
    writeFileSync(path, text);
    expect(enrolmentFile(path).verifier()).toBeUndefined();
    expect(await pinKeeper(path).checkEnrolment('48151623')).toBe(false);
  });
});
