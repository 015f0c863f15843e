import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { StaffedWorld } from '../scenarios/staffed-world.ts';
import { GlassStage, inTime } from './glass-stage.ts';

/* The trials of the glass on the real page: one finger that goes over all of it, over most of it, and eyes that look. */

/** A small window has few places to go to. */
const viewport = { width: 1280, height: 760 };
let stage: GlassStage;
let cdp: CDPSession;

beforeAll(async () => {
  stage = await GlassStage.open(viewport);
  cdp = await stage.page.context().newCDPSession(stage.page);
}, 60_000);
afterAll(() => stage.close());

beforeEach(async () => {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  await world.signIn('technician');
  await stage.touch('Құрылғыларды тексеру');
  await stage.touch(/Экран/);
}, 60_000);

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** What the glass is divided into, as it is drawn. */
async function grid(): Promise<Grid> {
  const box = await stage.page.locator('.glass-trial .cells').getAttribute('viewBox', inTime);
  const [, , columns, rows] = (box ?? '').split(' ').map(Number);
  if (columns === undefined || rows === undefined) throw new Error('no grid is drawn');
  return { columns, rows };
}

/** One finger along each of these rows, from the left edge to the right one, never lifted within a row. */
async function sweep({ columns, rows }: Grid, rowsFelt: number): Promise<void> {
  const { width, height } = viewport;
  for (let row = 0; row < rowsFelt; row += 1) {
    const y = ((row + 0.5) * height) / rows;
    // Faster than the page draws: it is told of several places at once.
    const moves = Array.from({ length: columns }, (_, column) =>
      cdp.send('Input.dispatchTouchEvent', {
        type: column === 0 ? 'touchStart' : 'touchMove',
        touchPoints: [{ x: ((column + 0.5) * width) / columns, y }],
      }),
    );
    await Promise.all(moves);
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
}

function ends(): readonly unknown[] {
  return stage.world.facts.flatMap((fact) =>
    fact.kind === 'device-tested' ? [[fact.how, fact.deadCells]] : [],
  );
}

/** The page tells by itself, at its next tick. */
async function told(words: string, within = inTime): Promise<void> {
  await expect
    .poll(async () => {
      await stage.world.clock.advance(250);
      return (await stage.text()).includes(words);
    }, within)
    .toBe(true);
}

/** The page's own time: it cannot be wound on without its terminal seeming to fall silent. */
const withinQuiet = { timeout: 40_000 };

test('a finger that has been everywhere ends the trial: the whole glass answers', async () => {
  await stage.touch('Жанасуды сынау');
  const cells = await grid();
  const pixelsPerMm = Number(
    await stage.page.evaluate(`parseFloat(document.querySelector('.glass').style.getPropertyValue('--mm'))`),
  );
  expect(viewport.width / cells.columns / pixelsPerMm).toBeLessThanOrEqual(15);
  expect(viewport.height / cells.rows / pixelsPerMm).toBeLessThanOrEqual(15);
  expect(await stage.text()).toContain(`Қалған шаршы: ${cells.columns * cells.rows}`);
  await sweep(cells, 1);
  await told(`Қалған шаршы: ${cells.columns * (cells.rows - 1)}`);
  await sweep(cells, cells.rows);
  await told('Әйнек түгел жауап береді');
  expect(ends()).toEqual([
    ['test-begun', undefined],
    ['touch-whole', undefined],
  ]);
}, 60_000);

test('a dead edge traps nobody: after twenty seconds it is reported, and shown', async () => {
  await stage.touch('Жанасуды сынау');
  const cells = await grid();
  await sweep(cells, cells.rows - 1);
  await told('с кейін аяқталады', withinQuiet);
  expect(ends()).toEqual([['test-begun', undefined]]);
  await told(`Үнсіз шаршы: ${cells.columns} (барлығы ${cells.columns * cells.rows})`, withinQuiet);
  expect(ends().at(-1)).toEqual(['touch-dead', cells.columns]);
  await stage.page.getByRole('img', { name: 'Әйнектегі жанасулар' }).waitFor(inTime);
  const light = await stage.page.locator('.cells-map .cells-light').getAttribute('d');
  expect(light?.match(/M/g)).toHaveLength(cells.columns * (cells.rows - 1));
  // The next trial starts with an untouched glass.
  await stage.touch('Жанасуды сынау');
  await told(`Қалған шаршы: ${cells.columns * cells.rows}`);
}, 90_000);

test('six pictures fill the glass, a touch each, and whoever looked says how they were', async () => {
  await stage.touch('Кескінді сынау');
  const glass = stage.page.locator('.glass-trial');
  await glass.waitFor(inTime);
  expect(await glass.boundingBox()).toEqual({ x: 0, y: 0, ...viewport });
  expect(await stage.text()).toContain('келесі сурет шығады');
  const shown: unknown[] = [];
  for (let touches = 0; touches < 6; touches += 1) {
    await stage.wake();
    await glass.tap(inTime);
    shown.push(
      await stage.page.evaluate(
        `(({ backgroundColor, backgroundImage }) => backgroundImage === 'none' ? backgroundColor : 'grid')(
           getComputedStyle(document.querySelector('.glass-trial')))`,
      ),
    );
    expect((await stage.text()).trim()).toBe('');
  }
  expect(shown).toEqual([
    'rgb(255, 0, 0)',
    'rgb(0, 255, 0)',
    'rgb(0, 0, 255)',
    'rgb(255, 255, 255)',
    'rgb(0, 0, 0)',
    'grid',
  ]);
  await stage.wake();
  await glass.tap(inTime);
  await stage.touch('Ақауы бар');
  await told('Кескінде ақау бар');
  expect(ends().at(-1)).toEqual(['picture-flawed', undefined]);
}, 60_000);
