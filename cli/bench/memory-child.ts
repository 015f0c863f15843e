import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { realTimings } from '../../simulator/devices/acceptor/timings.ts';
import type { Screen, ScreenView } from '../../terminal/contract/messages.ts';
import { visitTimes } from '../../terminal/session/timeouts.ts';
import type { Store } from '../../terminal/store.ts';
import type { WalletTransport } from '../../terminal/wallet/transport.ts';
import { PatientClock } from './patient-clock.ts';
import { type Stage, setStage } from './stage.ts';

/*
 * The terminal whose memory is measured: visit after visit, as fast as its ledger and the backend let it. Nothing in this
 * process remembers a visit but the terminal itself.
 */

export interface MemoryTask {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly visits: number;
  readonly sampleEveryVisits: number;
}

export interface MemorySample {
  readonly visits: number;
  readonly residentBytes: number;
}

/** Notes fall through its floor: what was paid in must not fill this process. */
class BottomlessCassette extends Cassette {
  override add(): void {}
}

/** A new roll of paper after so many receipts. */
const receiptsPerRoll = 50;

const clock = new PatientClock();
let view: ScreenView | undefined;
let presses = 0;

process.once('message', (task: MemoryTask) => void run(task));

async function run({ settings, visits, sampleEveryVisits }: MemoryTask): Promise<void> {
  const stage = await setStage({
    settings,
    clock,
    timings: realTimings,
    cassette: new BottomlessCassette(),
    onView: (shown) => {
      view = shown;
    },
    wrapStore: patientStore,
    wrapWallet: patientWallet,
  });
  await until('attract', 60_000);
  for (let visit = 1; visit <= visits; visit += 1) {
    await pay(stage);
    if (visit % receiptsPerRoll === 0) stage.printer.putNewRoll();
    if (visit % sampleEveryVisits === 0) tell({ visits: visit, residentBytes: process.memoryUsage.rss() });
  }
  process.exit(0);
}

function tell(sample: MemorySample): void {
  process.send?.(sample);
}

async function pay({ terminal, mechanics }: Stage): Promise<void> {
  const press = async (action: string, value?: string): Promise<void> => {
    await clock.advance(visitTimes.pressAfterMs);
    await touch(action, value);
  };
  const touch = async (action: string, value?: string): Promise<void> => {
    const offer = view?.offers.find((candidate) => candidate.action === action);
    if (offer === undefined) throw new Error(`no button ${action} on ${view?.screen.kind}`);
    presses += 1;
    terminal.hear(JSON.stringify({ kind: 'press', pressId: String(presses), offerId: offer.offerId, value }));
    await clock.advance(1);
  };
  await press('start', 'kk');
  await press('choose-top-up');
  await press('digit', '7');
  for (const digit of '010000001') await touch('digit', digit);
  await touch('next');
  await until('confirm', 11_000);
  await press('confirm');
  await until('cash', 5_000, (screen) => screen.isAcceptorOpen);
  mechanics.insert(tengeNote(1_000));
  await until('cash', 20_000, (screen) => screen.insertedMinor > 0);
  await press('pay');
  await until('result', 15_000, (screen) => screen.print === 'printed');
  await press('done');
  await until('attract', 5_000);
}

function until<K extends Screen['kind']>(
  kind: K,
  withinMs: number,
  says: (screen: Extract<Screen, { kind: K }>) => boolean = () => true,
): Promise<void> {
  const isShown = (): boolean =>
    view?.screen.kind === kind && says(view.screen as Extract<Screen, { kind: K }>);
  return clock.advanceUntil(isShown, withinMs, `the screen ${kind}`, 20);
}

function patientStore(store: Store): Store {
  return {
    commit: (facts, wallMs) => clock.during(() => store.commit(facts, wallMs)),
    load: () => clock.during(() => store.load()),
    dueTopUps: (atMs, limit) => clock.during(() => store.dueTopUps(atMs, limit)),
    dueMessages: (atMs, limit) => clock.during(() => store.dueMessages(atMs, limit)),
    registerRows: (fromMs, toMs) => clock.during(() => store.registerRows(fromMs, toMs)),
    containsAnchor: (anchor) => clock.during(() => store.containsAnchor(anchor)),
    pinVerifier: (staffId) => clock.during(() => store.pinVerifier(staffId)),
    figures: () => clock.during(() => store.figures()),
    checkpoint: () => clock.during(() => store.checkpoint()),
    close: () => clock.during(() => store.close()),
  };
}

function patientWallet(wallet: WalletTransport): WalletTransport {
  return { send: (request, deadlineMs) => clock.during(() => wallet.send(request, deadlineMs)) };
}
