import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** Lets time pass until the glass says so. */
async function drawn(words: string): Promise<void> {
  const says = async (): Promise<boolean> => {
    await stage.world.clock.advance(500);
    return (await stage.text()).includes(words);
  };
  await expect.poll(says, inTime).toBe(true);
}
