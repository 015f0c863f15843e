import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GlassStage, inTime } from './glass-stage.ts';

/*
 * A kiosk browser without the shell around it: what hands and a keyboard plugged into the cabinet do to the page itself. A
 * listener that was there before the page tells whether the browser would still have acted.
 */

const spy = `{
  globalThis.acted = [];
  const kinds = ['contextmenu', 'dragstart', 'drop', 'selectstart', 'auxclick', 'copy', 'paste', 'keydown', 'wheel', 'touchstart'];
  for (const kind of kinds) addEventListener(kind, (event) => {
    setTimeout(() => { if (!event.defaultPrevented) globalThis.acted.push(kind + ' ' + (event.key ?? '')); });
  }, { capture: true, passive: true });
}`;

let stage: GlassStage;
let cdp: CDPSession;

beforeAll(async () => {
  stage = await GlassStage.open();
  await stage.page.addInitScript(spy);
  cdp = await stage.page.context().newCDPSession(stage.page);
  const world = await stage.behind();
  await world.toAttract();
  await stage.page.reload();
  await stage.page.locator('main[data-screen=attract]').waitFor(inTime);
}, 60_000);
afterAll(() => stage.close());

/** What the browser would have done by itself since the last look. */
async function acted(): Promise<readonly string[]> {
  await stage.page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))');
  return stage.page.evaluate<string[]>('acted.splice(0)');
}

test('a key of the pad gets through, so the spy is awake', async () => {
  await stage.page.keyboard.press('7');
  expect(await acted()).toEqual(['keydown 7']);
});

test.each([
  ...['a', 'Escape', 'F5', 'F11', 'F12', 'PrintScreen', 'MediaPlayPause', 'ContextMenu'],
  ...['Control+P', 'Control+S', 'Control+R', 'Control+N', 'Control+T', 'Control+W', 'Control+Shift+I'],
  ...['Control+1', 'Alt+ArrowLeft', 'Alt+F4', 'Control+Equal', 'Control+Minus', 'Meta+D'],
])('%s does nothing', async (keys) => {
  await stage.page.keyboard.press(keys);
  expect(await acted()).toEqual([]);
  expect(await stage.page.locator('main[data-screen=attract]').count()).toBe(1);
});

test('neither a long press nor the other button opens a menu', async () => {
  await stage.page.mouse.click(300, 300, { button: 'right' });
  await stage.page.mouse.click(300, 300, { button: 'middle' });
  expect(await acted()).toEqual([]);
});

test('a wheel with Ctrl enlarges nothing', async () => {
  await stage.page.keyboard.down('Control');
  await stage.page.mouse.wheel(0, -600);
  await stage.page.keyboard.up('Control');
  expect(await acted()).toEqual([]);
  expect(await stage.page.evaluate('visualViewport.scale')).toBe(1);
});

test('ten fingers are one: no pinch, and only the first is felt', async () => {
  const points = Array.from({ length: 10 }, (_, id) => ({ id, x: 100 + 80 * id, y: 900 }));
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points.slice(0, 1) });
  await acted();
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points });
  const apart = points.map((point) => ({ ...point, y: point.id % 2 === 0 ? 300 : 1_500 }));
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: apart });
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  expect(await acted()).toEqual([]);
  expect(await stage.page.evaluate('visualViewport.scale')).toBe(1);
});

test('a text can be neither marked nor carried away', async () => {
  await stage.page.mouse.move(200, 300);
  await stage.page.mouse.down();
  await stage.page.mouse.move(800, 1_200, { steps: 5 });
  await stage.page.mouse.up();
  expect(await acted()).toEqual([]);
  expect(await stage.page.evaluate('String(getSelection())')).toBe('');
});
