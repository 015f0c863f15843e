import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { simulatedPin, staffIdOfRole } from '../../host/simulated-staff.ts';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { StaffedWorld } from '../scenarios/staffed-world.ts';
import { GlassStage, inTime, traces } from './glass-stage.ts';

/* The daily work of staff on the real page, by touch alone: each function of service mode from its tile to its end. */

let stage: GlassStage;
let world: StaffedWorld;

beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);

beforeEach(async () => {
  world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
});

afterAll(() => stage.close());

test('somebody signs in on the shuffled pad, and no digit of the PIN is ever on the glass', async () => {
  await world.press('staff-knock');
  for (let count = 1; count < 5; count += 1) await world.tap('staff-knock');
  await stage.type(staffIdOfRole('technician'));
  await drawn('PIN');
  await stage.type(simulatedPin.slice(0, -1));
  expect(await stage.text()).not.toContain(simulatedPin.slice(0, 2));
  await stage.type(simulatedPin.slice(-1));
  await drawn('Терминал жұмыс істеп тұр');
}, 60_000);

test('a collector empties the cassette, and the next visitor finds the terminal open', async () => {
  await payIn(5_000);
  await world.signIn('collector');
  await stage.touch('Инкассация');
  await stage.touch('Инкассацияны бастау');
  await drawn('Басылды');
  world.mechanics.removeCassette();
  await drawn('Бос кассетаны салыңыз');
  world.mechanics.insertCassette(new Cassette());
  await stage.type('4711');
  await stage.touch('Аяқтау');
  await stage.touch('Шығу');
  await world.until('attract', 60_000);
  await stage.at('attract').waitFor(inTime);
}, 60_000);

test('past collections: a seal and a bag are typed, and stand there afterwards', async () => {
  await payIn(2_000);
  await collect();
  await world.signIn('collector');
  await stage.touch('Өткен инкассациялар');
  await stage.touch(/№ 1/);
  await stage.touch('Пломба мен сөмке');
  await stage.type('880017');
  await stage.touch('Келесі');
  await stage.type('3309');
  await stage.touch('Келесі');
  await drawn('880017');
  await drawn('3309');
}, 60_000);

test('two persons settle an unknown note, each with a finger of their own', async () => {
  await world.toCash();
  world.mechanics.obstruct('cassette');
  world.insert(2_000);
  await world.until('result', 120_000, ({ result }) => result.kind === 'needs-help');
  await world.press('done');
  await world.signIn('administrator');
  await stage.touch('Белгісіз купюралар');
  await stage.touch('Кассетада');
  await stage.touch('Ақша саналды');
  await drawn('Басқа адам растауы керек');
  await world.leaveAllTheSame();
  await world.signIn('technician');
  await stage.touch('Белгісіз купюралар');
  await stage.touch('Растау');
  await drawn('Барлық купюраның орны белгілі');
  await world.clock.advance(10_000);
  expect(world.creditedMinor()).toBe(200_000);
}, 60_000);

test('an auditor reads the journal by kind, and whose wallet it was stands nowhere', async () => {
  await payIn(1_000);
  await world.signIn('auditor');
  await stage.touch('Журнал');
  await drawn('Қызметкер кірді');
  await stage.touch('Ақша');
  await drawn('Купюра кассетада');
  const glass = await stage.text();
  expect(traces.filter((trace) => glass.includes(trace))).toEqual([]);
}, 60_000);

test('a technician closes the terminal on purpose and opens it again', async () => {
  await world.signIn('technician');
  await stage.touch('Қызметтен шығару');
  await drawn('Әдейі жабылған');
  await stage.touch('Шығу');
  await stage.at('out-of-service').waitFor(inTime);
  await world.signIn('technician');
  await stage.touch('Қызметке қайтару');
  await stage.touch('Шығу');
  await stage.at('attract').waitFor(inTime);
}, 60_000);

async function payIn(tenge: number): Promise<void> {
  await world.toCash();
  await world.pay(tenge);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
}

async function collect(): Promise<void> {
  await world.signIn('collector');
  await world.press('staff-open', 'collection');
  await world.clock.advance(10);
  await world.press('staff-begin');
  await world.clock.advanceUntil(() => world.pageOf('collection').slip === 'printed', 15_000, 'the slip');
  world.mechanics.removeCassette();
  await world.clock.advanceUntil(() => world.pageOf('collection').stage === 'emptied', 5_000, 'the place');
  world.mechanics.insertCassette(new Cassette());
  await world.typeDigits('4711');
  await world.press('staff-next');
  await world.clock.advance(10);
  await world.press('staff-leave');
  await world.until('attract', 60_000);
}

/** Lets time pass until the glass says so. */
async function drawn(words: string): Promise<void> {
  const says = async (): Promise<boolean> => {
    await stage.world.clock.advance(100);
    return (await stage.text()).replaceAll('\u00a0', ' ').includes(words);
  };
  await expect.poll(says, inTime).toBe(true);
}
