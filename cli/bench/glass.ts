import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { startSimulatedBackend } from '../../host/compose-simulated.ts';
import { createScreenPort } from '../../host/screen-port.ts';
import { startScreenServer } from '../../host/screen-server.ts';
import { systemClock } from '../../host/system-clock.ts';
import { bundle } from '../../renderer/bundle.ts';
import { pressTimes } from '../../renderer/press-guard.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { fastTimings } from '../../simulator/devices/acceptor/timings.ts';
import { ScriptedCustomer } from '../demo-visit.ts';
import { browserOptions } from '../screenshots.ts';
import { withFolder } from './folders.ts';
import { WitnessedPage } from './glass-witness.ts';
import { ccnetCode, type LineMoment, witnessLine } from './line-witness.ts';
import type { Measurement, Row } from './report.ts';
import { type Stage, setStage } from './stage.ts';
import { stageSettings } from './stage-settings.ts';
import { percentile } from './statistics.ts';

const numbersTyped = 10;
const notesPerVisit = 50;
const noteTenge = 500;
const slownesses = [1, 4] as const;

export const glass: Measurement = {
  name: 'glass',
  title: 'Touch, credit and the glass',
  how:
    `The page as it ships (1080 × 1920) in Chromium without a graphics card, with all its motion, on the real screen ` +
    `server; production runtime, ledger worker and CCNET driver in the measuring process. ${numbersTyped} numbers of ` +
    `ten digits and ${notesPerVisit} notes, at full speed and with the page's processor slowed to a quarter. "Painted" ` +
    `is the first frame with the change made and handed over; of a rolling sum, the frame in which it starts to roll.`,
  run: () => withFolder(watchGlass),
};

async function watchGlass(folder: string): Promise<readonly Row[]> {
  const pageFolder = join(process.cwd(), folder, 'page');
  await bundle('screen', 'disk', pageFolder);
  const credits = new Credits();
  const customer = new ScriptedCustomer((view) => port.show(view));
  const port = createScreenPort((text) => stage.terminal.hear(text));
  const backend = await startSimulatedBackend(folder);
  const stage = await setStage({
    settings: stageSettings(folder, backend),
    clock: systemClock,
    timings: fastTimings,
    onView: customer.see,
    wrapAcceptorLink: (link) => witnessLine(link, credits.hear),
  });
  const server = await startScreenServer({ pageFolder, onLink: port.plugIn, onRefused: () => undefined });
  const browser = await chromium.launch(browserOptions);
  try {
    customer.stepUpTo(stage.terminal);
    await customer.until('attract', 60_000);
    const page = await openPage(browser, server.url);
    const rows: Row[] = [];
    for (const slowness of slownesses) {
      await page.slowDown(slowness);
      rows.push(...(await visit({ customer, stage, page, credits, slowness })));
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
    await stage.terminal.stop();
    await backend.close();
  }
}

async function openPage(browser: Browser, url: string): Promise<WitnessedPage> {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
  const page = await WitnessedPage.open(await context.newPage(), url);
  await page.shows('main[data-screen=attract]');
  return page;
}

interface Visit {
  readonly customer: ScriptedCustomer;
  readonly stage: Stage;
  readonly page: WitnessedPage;
  readonly credits: Credits;
  readonly slowness: number;
}

async function visit({ customer, stage, page, credits, slowness }: Visit): Promise<readonly Row[]> {
  await customer.press('start', 'kk');
  await customer.press('choose-top-up');
  await page.shows('main[data-screen=number]');
  await page.wait(2 * pressTimes.newScreenMs);
  for (let number = 1; number <= numbersTyped; number += 1) {
    for (const digit of '7010000001') {
      await page.touch(digit);
      await page.wait(pressTimes.digitBounceMs);
    }
    await customer.until('number', 10_000, ({ digits }) => digits.length === 10);
    if (number < numbersTyped) customer.tap('clear');
    await customer.until('number', 2_000, ({ digits }) => digits.length === (number < numbersTyped ? 0 : 10));
  }
  const typing = await page.seen('digitMs', numbersTyped * 10);

  customer.tap('next');
  await customer.until('confirm', 11_000);
  await customer.press('confirm');
  await page.shows('main[data-screen=cash]');
  const before = await page.seen('sums', 1);
  if (before.sums.length !== 1) throw new Error('the sum moved before a note was in');
  credits.atEpochMs.length = 0;
  for (let counted = 1; counted <= notesPerVisit; counted += 1) {
    await customer.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    stage.mechanics.insert(tengeNote(noteTenge));
    await customer.until('cash', 20_000, (screen) => screen.countedMinor.length === counted);
  }
  const { sums } = await page.seen('sums', notesPerVisit);
  await customer.press('pay');
  await customer.until('result', 15_000, (screen) => screen.print === 'printed');
  await customer.press('done');
  await customer.until('attract', 5_000);
  const paintedMs = sums.map(({ atEpochMs }, note) => atEpochMs - (credits.atEpochMs[note] ?? Number.NaN));
  return rowsOf(slowness, typing.pressedMs, typing.digitMs, paintedMs);
}

/** When the acceptor said that a note is in, as its bytes reached the host. */
class Credits {
  readonly atEpochMs: number[] = [];
  #isTold = false;

  readonly hear = ({ to, payload, atMs }: LineMoment): void => {
    if (to !== 'host') return;
    // The same state is answered to poll after poll: the first answer counts.
    const isStacked = payload[0] === ccnetCode.stacked;
    if (isStacked && !this.#isTold) this.atEpochMs.push(performance.timeOrigin + atMs);
    this.#isTold = isStacked;
  };
}

function rowsOf(
  slowness: number,
  pressedMs: readonly number[],
  digitMs: readonly number[],
  sumMs: readonly number[],
): readonly Row[] {
  const at = slowness === 1 ? 'full speed' : `processor ÷ ${slowness}`;
  const touches = numbersTyped * 10;
  return [
    {
      what: `touch → key painted as pressed, ${at}, ${pressedMs.length} touches`,
      bar: 'p95 ≤ 50 ms',
      measured: shares(pressedMs),
      met: pressedMs.length === touches && percentile(pressedMs, 0.95) <= 50,
    },
    {
      what: `release → digit painted, terminal's answer included, ${at}, ${digitMs.length} digits`,
      bar: 'p95 ≤ 50 ms',
      measured: shares(digitMs),
      met: digitMs.length === touches && percentile(digitMs, 0.95) <= 50,
    },
    {
      what: `credit event → new sum painted, ledger included, ${at}, ${sumMs.length} notes`,
      bar: 'p99 ≤ 150 ms',
      measured: shares(sumMs),
      met: sumMs.length === notesPerVisit && percentile(sumMs, 0.99) <= 150,
    },
  ];
}

function shares(valuesMs: readonly number[]): string {
  const at = (share: number): string => `${percentile(valuesMs, share).toFixed(1)} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(1)}`;
}
