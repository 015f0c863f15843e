import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '../scenarios/timeout-rows.ts';
import { GlassStage, inTime, traces, wordsOf } from './glass-stage.ts';

/*
 * Every time-out as a customer meets it: the question on the glass at least 20 s ahead, one touch that takes it away, and
 * what silence leads to. When each comes is the host's matter (tests/scenarios/timeouts.test.ts).
 */

const words = wordsOf('kk');
let stage: GlassStage;

beforeAll(async () => {
  stage = await GlassStage.open({ width: 1280, height: 1024 });
}, 60_000);
afterAll(() => stage.close());

async function secondsOnTheGlass(): Promise<number> {
  return Number(await stage.page.locator('.question-ring').innerText());
}

/** The terminal asks a moment before or after the round second. */
async function letAsk(askAfterMs: number): Promise<void> {
  await stage.world.clock.advanceUntil(
    () => stage.world.view.question !== undefined,
    askAfterMs + 2_000,
    'the question',
  );
  await stage.caughtUp();
}

describe.each(Object.entries(rows))('%s', (_name, { to, askAfterMs, silence }) => {
  test('asked, answered with one touch, asked again, ended', async () => {
    const world = await stage.behind();
    await to(world);
    const { kind } = world.view.screen;
    await letAsk(askAfterMs);
    expect(await stage.page.locator('.question h1').innerText()).toBe(words['title.stillHere']);
    expect(await secondsOnTheGlass()).toBeGreaterThanOrEqual(20);
    await stage.touch(words['button.continue'] ?? '');
    await stage.at(kind).waitFor(inTime);
    expect(world.view.question).toBeUndefined();

    // The help was closed by the question.
    if (kind === 'attract') await stage.touch(words['button.help'] ?? '');
    await letAsk(askAfterMs);
    await world.clock.advance(15_000);
    expect(world.view.screen.kind).toBe(kind);
    await world.clock.advance(8_000);
    if (silence === 'pays') await world.until('result', 10_000);
    await stage.caughtUp();
    const shown = await stage.text();
    for (const trace of traces) expect(shown).not.toContain(trace);
  }, 60_000);
});
