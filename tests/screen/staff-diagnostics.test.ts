import { afterAll, beforeAll, expect, test } from 'vitest';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { StaffedWorld } from '../scenarios/staffed-world.ts';
import { GlassStage, inTime } from './glass-stage.ts';

/* The diagnostics page on the real page: a technician's fingers and a printer that has run out. */

let stage: GlassStage;

beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);

afterAll(() => stage.close());

test('a technician reads why the printer is silent and what to do, by touch alone', async () => {
  const world = await stage.behind(new StaffedWorld());
  await world.toAttract();
  await (world as StaffedWorld).signIn('technician');
  await stage.touch('Құрылғыларды тексеру');
  await stage.touch(/Принтер/);
  await drawn('Тіркелген ақау жоқ');
  world.printer.change({ rollMm: 0 });
  await drawn('Жаңа орам салып, қақпағын жабыңыз.');
  world.printer.putNewRoll();
  await drawn('жеткілікті');
}, 60_000);

test('a technician shows a note, reads its value and takes it back; nothing is credited', async () => {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  await world.signIn('technician');
  await stage.touch('Құрылғыларды тексеру');
  await stage.touch('Есепсіз сынау');
  await drawn('Купюраны салыңыз');
  world.mechanics.insert(tengeNote(5_000));
  await drawn('қайтып жатыр');
  await world.clock.advanceUntil(() => world.mechanics.take() !== undefined, 20_000, 'the note in the mouth');
  await drawn('қайтарылды');
  expect((await stage.text()).replaceAll('\u00a0', ' ')).toContain('5 000 ₸');
  await stage.touch('Сынақты аяқтау');
  await stage.touch(/Әмиян сервері/);
  world.network.plugged = false;
  await stage.touch('Байланысты сынау');
  await stage.page.getByRole('img', { name: 'осы жерде үзілді' }).waitFor(inTime);
  expect(world.creditedMinor()).toBe(0);
  expect(world.mechanics.cassette?.notes).toEqual([]);
}, 60_000);

test('whoever leaves an open printer is told so, and the page closes by itself when it is mended', async () => {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  await world.signIn('technician');
  await stage.touch('Құрылғыларды тексеру');
  world.printer.change({ rollMm: 0 });
  await drawn('!');
  await stage.touch('Шығу');
  await drawn('Жаңа орам салып, қақпағын жабыңыз.');
  world.printer.putNewRoll();
  await world.until('attract', 20_000);
  await stage.at('attract').waitFor(inTime);
}, 60_000);

test('a technician changes the paper, and the printer proves the last step', async () => {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  await world.signIn('technician');
  await stage.touch('Құрылғыларды тексеру');
  await stage.touch(/Принтер/);
  await stage.touch('Қағазды ауыстыру');
  world.printer.change({ rollMm: 0 });
  await drawn('Қағаз бітті');
  world.printer.putNewRoll();
  await expect
    .poll(async () => {
      await world.clock.advance(250);
      return stage.button('Басып, кесу').isVisible();
    }, inTime)
    .toBe(true);
  await stage.touch('Басып, кесу');
  await drawn('Дайын: санақ қайта басталды');
}, 60_000);

/** Lets time pass until the glass says so. */
async function drawn(words: string): Promise<void> {
  const says = async (): Promise<boolean> => {
    await stage.world.clock.advance(250);
    return (await stage.text()).includes(words);
  };
  await expect.poll(says, inTime).toBe(true);
}
