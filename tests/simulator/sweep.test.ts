import { describe, expect, test } from 'vitest';
import type { Link } from '../../hardware/link/link.ts';
import { productionTerminal } from '../../host/simulate.ts';
import { crashesNamed, nameOf } from '../../simulator/sweep/points.ts';
import { pairsOf, planSweep, replay, sweep } from '../../simulator/sweep/sweep.ts';
import type { TerminalUnderTest } from '../../simulator/terminal-under-test.ts';

/* A slice of the crash sweep; the whole of it is `npm run sweep`. */

const terminal = await productionTerminal();
const plan = await planSweep(terminal);
const sliceMsMax = 120_000;

/** The write that stores the third note's escrow and intent: until then it lies in the head, and nobody knows of it. */
const intentWrite = plan.passed.find(({ kind, span }) => kind === 'write' && span === 'note');

describe('the points of a visit', () => {
  test('are the same each time', async () => {
    expect(await planSweep(terminal)).toEqual(plan);
  });

  test('are of every kind, and every crash of them has a name of its own', () => {
    expect(new Set(plan.passed.map(({ kind }) => kind))).toEqual(
      new Set(['write', 'acceptor', 'printer', 'request']),
    );
    expect(new Set(plan.singles).size).toBe(plan.singles.length);
    for (const name of plan.singles) expect(nameOf(crashesNamed(name))).toBe(name);
    expect(plan.singles).toEqual(expect.arrayContaining([...plan.paired]));
  });

  test('refuse a name that is none', () => {
    expect(() => crashesNamed('write:1:torn-half')).toThrow(RangeError);
  });
});

test('no crash at a write breaks a rule', { timeout: sliceMsMax }, async () => {
  const points = plan.singles.filter((name) => /^write:\d+:(torn|after):stays$/.test(name));
  expect(points.length).toBeGreaterThan(20);
  expect((await sweep(terminal, { points })).violations).toEqual([]);
});

test('a second crash in the recovery breaks none', { timeout: sliceMsMax }, async () => {
  const first = await replay(terminal, `write:${intentWrite?.nth}:after:power`);
  const points = pairsOf(first);
  expect(points.length).toBeGreaterThan(10);
  expect((await sweep(terminal, { points })).violations).toEqual([]);
});

describe('the sweep finds', () => {
  const point = `write:${intentWrite?.nth}:before:stays`;

  test('nothing at this point of an honest terminal', async () => {
    expect((await sweep(terminal, { points: [point] })).violations).toEqual([]);
  });

  test('a terminal that stacks what it finds in escrow when it starts', async () => {
    const { violations } = await sweep(stackingWhatItFinds(), { points: [point] });
    expect(violations.map((violation) => violation.point)).toEqual([point]);
    expect(violations[0]?.breaches.map(({ rule }) => rule)).toContain('M3');
  });

  test('a point that no process comes by', async () => {
    const { violations } = await sweep(terminal, { points: ['write:9999:before:stays'] });
    expect(violations[0]?.breaches.map(({ rule }) => rule)).toEqual(['sweep']);
  });
});

/** RESET and RETURN become STACK while a note is in escrow: no visit shows it, only a start with a note in the head. */
function stackingWhatItFinds(): TerminalUnderTest {
  const [reset, stack, giveBack, escrow] = [0x30, 0x35, 0x36, 0x80];
  let stackFrame: Uint8Array | undefined;
  const tampered = (link: Link): Link => ({
    description: link.description,
    open: async (events) => {
      let state: number | undefined;
      const connection = await link.open({
        ...events,
        onBytes: (bytes) => {
          state = bytes[3];
          events.onBytes(bytes);
        },
      });
      return {
        close: () => connection.close(),
        write: (bytes) => {
          const command = bytes[3];
          if (command === stack) stackFrame = bytes.slice();
          const isReturn = state === escrow && (command === reset || command === giveBack);
          connection.write(isReturn && stackFrame !== undefined ? stackFrame : bytes);
        },
      };
    },
  });
  return {
    ...terminal,
    boot: (parts) => terminal.boot({ ...parts, acceptorLink: tampered(parts.acceptorLink) }),
  };
}
