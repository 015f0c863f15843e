import { expect } from 'vitest';
import type { Link } from '../../hardware/link/link.ts';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { bringTo, finishVisit } from './stages.ts';
import type { World } from './world.ts';

/* One mishap of the printer, at one moment of a visit, up to the next visitor's own slip. */

export interface PrinterMishap {
  readonly name: string;
  strike(world: World): void;
  mend(world: World): void;
}

const paid = { boxedTenge: 7_000, creditedTenge: 7_000 } as const;

/** Money rule M15: no byte of a slip leaves without a print intent that is durable and not ended. */
export function watchPrintIntents(world: World): void {
  world.wrapLink = (link, device) => (device === 'printer' ? watched(link, world) : link);
}

/** Worlds in which a byte of some slip has left. */
const hasSentSlip = new WeakSet<World>();

function watched(link: Link, world: World): Link {
  return {
    description: link.description,
    open: async (events) => {
      const connection = await link.open(events);
      return {
        ...connection,
        write: (bytes) => {
          if (isOfSlip(bytes)) {
            expect(openIntents(world), 'print intents at a slip’s bytes').toBe(1);
            hasSentSlip.add(world);
          }
          connection.write(bytes);
        },
      };
    },
  };
}

/** Pictures and text are long and not all zeros; what clears and asks is one or the other. */
function isOfSlip(bytes: Uint8Array): boolean {
  return bytes.length > 64 && bytes.some((byte) => byte !== 0);
}

function openIntents(world: World): number {
  return world.facts.reduce((open, { kind }) => {
    if (kind === 'print-intended') return open + 1;
    return kind === 'print-ended' ? open - 1 : open;
  }, 0);
}

/** Known before the visit: offered without paper; agreed to, the number and the code are on the screen. */
export async function walkWithoutPaper(world: World, mishap: PrinterMishap): Promise<void> {
  await world.toAttract();
  mishap.strike(world);
  await world.clock.advance(15_000);
  world.screen('attract');
  await world.toConfirm();
  await world.press('confirm');
  world.screen('no-paper');
  await world.press('cancel');
  expect(readBooks(world).operations).toEqual([]);

  await world.toConfirm();
  await world.press('confirm');
  await world.press('without-paper');
  await world.pay(7_000 - 2_000);
  await world.pay(2_000);
  await world.press('pay');
  await expectNumberAndCode(world, 'none');
  expect(world.facts.filter(({ kind }) => kind === 'print-intended')).toEqual([]);
  await finishVisit(world);
  await mendAndServeNext(world, mishap);
}

/** After the conditions were agreed to with paper; `noticedMs` before Pay. */
export async function walkBeforePay(world: World, mishap: PrinterMishap, noticedMs: number): Promise<void> {
  await bringTo(world, 'between notes');
  mishap.strike(world);
  await world.clock.advance(noticedMs);
  await world.press('pay');
  await expectPrintEnds(world);
  if (noticedMs >= 10_000) await expectNumberAndCode(world, 'none');
  await finishVisit(world);
  await mendAndServeNext(world, mishap);
}

/** So long after the slip has begun. */
export async function walkWhilePrinting(world: World, mishap: PrinterMishap, afterMs: number): Promise<void> {
  await bringTo(world, 'between notes');
  await world.press('pay');
  await world.until('result', 2_000);
  await world.clock.advance(afterMs);
  mishap.strike(world);
  await expectPrintEnds(world);
  await finishVisit(world);
  await mendAndServeNext(world, mishap);
}

async function expectNumberAndCode(world: World, print: 'none' | 'not-printed'): Promise<void> {
  const shown = await world.until('result', 45_000, (screen) => screen.print === print);
  expect(shown.operationNumber).toMatch(/^\d{10}$/);
  expect(shown.qr).toContain(shown.operationNumber);
}

/** The screen and the journal say "printed" only of a whole slip, and "failed" only of none at all. */
export async function expectPrintEnds(world: World): Promise<void> {
  const { print, operationNumber, qr } = await world.until(
    'result',
    50_000,
    (screen) => screen.print !== 'printing',
  );
  expect(qr).toContain(operationNumber);
  const ended = world.facts.flatMap((fact) => (fact.kind === 'print-ended' ? [fact.outcome] : []));
  if (print === 'none') expect(ended).toEqual([]);
  if (print === 'printed') {
    expect(ended).toEqual(['printed']);
    expect(wholeSlips(world, operationNumber)).toHaveLength(1);
  }
  if (print === 'not-printed') expect(['failed', 'unknown']).toEqual(expect.arrayContaining(ended));
  if (ended.includes('failed')) expect(hasSentSlip.has(world), 'a byte of the slip has left').toBe(false);
}

/** Cut, with the operation's number and the last line. */
function wholeSlips(world: World, operationNumber: string): readonly string[] {
  return world.paper.filter(
    (slip) => slip.replace(/\s/g, '').includes(operationNumber) && slip.includes('Журнал жазбасы'),
  );
}

/** The next visitor's slip is whole and holds nothing of the one before, who never gets a second original. */
async function mendAndServeNext(world: World, mishap: PrinterMishap): Promise<void> {
  await world.clock.advance(20_000);
  mishap.mend(world);
  await world.clock.advance(30_000);
  await expectMoneySoon(world, paid);
  const alarms = readBooks(world).alarmsStanding;
  expect(alarms.filter((alarm) => alarm.startsWith('printer-trouble'))).toEqual([]);

  const former = readBooks(world).operations.map(({ operationNumber }) => operationNumber);
  const slipsBefore = world.paper.length;
  await expectNextVisitorServed(world);
  const { operationNumber } = await world.until('result', 15_000, ({ print }) => print === 'printed');
  const slips = world.paper.slice(slipsBefore);
  expect(wholeSlips(world, operationNumber)).toHaveLength(1);
  for (const number of former) {
    expect(slips.join('').replace(/\s/g, ''), 'the next visitor’s paper').not.toContain(number);
    expect(wholeSlips(world, number).length, 'originals of the former visit').toBeLessThanOrEqual(1);
  }
}
