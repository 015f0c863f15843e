import { startSimulatedBackend } from '../../host/compose-simulated.ts';
import { systemClock } from '../../host/system-clock.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { fastTimings } from '../../simulator/devices/acceptor/timings.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import { ScriptedCustomer } from '../demo-visit.ts';
import { withFolder } from './folders.ts';
import { ccnetCode, type LineMoment, witnessLine } from './line-witness.ts';
import type { Measurement, Row } from './report.ts';
import { type Stage, setStage } from './stage.ts';
import { stageSettings } from './stage-settings.ts';
import { percentile, spread } from './statistics.ts';

const visits = 12;
const notesPerVisit = 25;
const noteTenge = 1_000;

export const notePath: Measurement = {
  name: 'note-path',
  title: 'A note, from the wire to the disk and back to the wire and the screen',
  how:
    `${visits} visits of ${notesPerVisit} notes, in real time: production runtime, CCNET driver and ledger worker on a ` +
    `real disk; the simulated acceptor on a line in memory, its mechanics fast. From the bytes of a poll's answer in ` +
    `the host to the bytes of STACK, and to the view that goes to the screen.`,
  run: () => withFolder(payIn),
};

async function payIn(folder: string): Promise<readonly Row[]> {
  const watch = new NoteWatch();
  const customer = new ScriptedCustomer(watch.see);
  const backend = await startSimulatedBackend(folder);
  const stage = await setStage({
    settings: stageSettings(folder, backend),
    clock: systemClock,
    timings: fastTimings,
    onView: customer.see,
    wrapAcceptorLink: (link) => witnessLine(link, watch.hear),
  });
  customer.stepUpTo(stage.terminal);
  try {
    await customer.until('attract', 60_000);
    for (let visit = 0; visit < visits; visit += 1) await pay(customer, stage);
  } finally {
    await stage.terminal.stop();
    await backend.close();
  }
  return table(watch);
}

async function pay(customer: ScriptedCustomer, { mechanics }: Stage): Promise<void> {
  await customer.press('start', 'kk');
  await customer.press('choose-top-up');
  await customer.press('digit', '7');
  for (const digit of '010000001') customer.tap('digit', digit);
  await customer.until('number', 2_000, (screen) => screen.digits.length === 10);
  customer.tap('next');
  await customer.until('confirm', 11_000);
  await customer.press('confirm');
  for (let counted = 1; counted <= notesPerVisit; counted += 1) {
    await customer.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    mechanics.insert(tengeNote(noteTenge));
    await customer.until('cash', 20_000, (screen) => screen.countedMinor.length === counted);
  }
  await customer.press('pay');
  await customer.until('result', 15_000, (screen) => screen.print === 'printed');
  await customer.press('done');
  await customer.until('attract', 5_000);
}

/** Sees a note on the wire and on the screen. */
class NoteWatch {
  readonly stackedMs: number[] = [];
  readonly shownMs: number[] = [];
  #escrowAtMs: number | undefined;
  #creditAtMs: number | undefined;
  #insertedMinor = 0;

  readonly hear = ({ to, payload, atMs }: LineMoment): void => {
    const [code] = payload;
    // The same state is answered to poll after poll: the first answer counts.
    if (to === 'host' && code === ccnetCode.escrow) this.#escrowAtMs ??= atMs;
    if (to === 'host' && code === ccnetCode.stacked) this.#creditAtMs ??= atMs;
    if (to === 'device' && code === ccnetCode.stack && this.#escrowAtMs !== undefined) {
      this.stackedMs.push(atMs - this.#escrowAtMs);
      this.#escrowAtMs = undefined;
    }
  };

  readonly see = ({ screen }: ScreenView): void => {
    const insertedMinor = screen.kind === 'cash' ? screen.insertedMinor : 0;
    if (insertedMinor > this.#insertedMinor && this.#creditAtMs !== undefined) {
      this.shownMs.push(performance.now() - this.#creditAtMs);
      this.#creditAtMs = undefined;
    }
    this.#insertedMinor = insertedMinor;
  };
}

function table({ stackedMs, shownMs }: NoteWatch): readonly Row[] {
  return [
    {
      what: `escrow report → STACK on the wire, ${stackedMs.length} notes`,
      bar: 'p99 ≤ 50 ms',
      measured: spread(stackedMs),
      met: stackedMs.length === visits * notesPerVisit && percentile(stackedMs, 0.99) <= 50,
    },
    {
      what: `credit event → new view pushed, ${shownMs.length} notes`,
      bar: 'p99 ≤ 150 ms, painting included',
      measured: spread(shownMs),
      met: shownMs.length === visits * notesPerVisit && percentile(shownMs, 0.99) <= 150,
    },
  ];
}
