import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { proves } from './proves.ts';
import { until } from './stage.ts';
import { openTarget, type Target } from './target.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));

/* What hands and keyboards can do to the page. */

let target: Target;

beforeAll(async () => {
  target = await openTarget();
}, 90_000);

afterAll(() => target.leave());

const attack = (script: string): Promise<unknown> => target.attack(script);

describe('keyboards', () => {
  /** What the page's own listeners get to see. */
  async function seenBy(kinds: readonly string[], act: () => Promise<void>): Promise<readonly string[]> {
    await attack(`window.seen = []; window.see = (event) => window.seen.push(event.type + ' ' + (event.key ?? ''));
      for (const kind of ${JSON.stringify(kinds)}) document.addEventListener(kind, window.see);`);
    await act();
    const seen = await attack(
      `for (const kind of ${JSON.stringify(kinds)}) document.removeEventListener(kind, window.see); return window.seen;`,
    );
    return seen as readonly string[];
  }

  proves('shortcuts', 'shown in Chromium', async () => {
    const { keyboard } = target.page;
    const seen = await seenBy(['keydown'], async () => {
      for (const key of [
        'F1',
        'F5',
        'F11',
        'F12',
        'Escape',
        'ContextMenu',
        'Control+R',
        'Control+P',
        'Control+Shift+I',
        'Control+W',
        'Control+0',
        'Control+Equal',
        'Alt+ArrowLeft',
        'Alt+F4',
        'Meta+Q',
      ]) {
        await keyboard.press(key);
      }
      await keyboard.press('7');
    });
    expect(seen).toEqual(['keydown 7']);
    await target.expectStillHere();
  });

  proves('typed-text', 'shown in Chromium', async () => {
    const typed = await attack(
      "const field = document.createElement('input'); field.id = 'field'; document.body.append(field); field.focus(); return 'ready';",
    );
    expect(typed).toBe('ready');
    const { keyboard } = target.page;
    await keyboard.type('https://example.org/7');
    for (const key of ['Control+A', 'Control+V', 'Control+Z', 'Insert', 'Delete']) await keyboard.press(key);
    for (const text of ['\u0000', '\u001b', '\u202e', '\r']) {
      await target.input.send('Input.dispatchKeyEvent', { type: 'keyDown', text, key: text });
    }
    expect(
      await attack(
        "const paste = new ClipboardEvent('paste', { cancelable: true, bubbles: true }); document.getElementById('field').dispatchEvent(paste); return paste.defaultPrevented;",
      ),
    ).toBe(true);
    expect(
      await attack(
        "const { value } = document.getElementById('field'); document.getElementById('field').remove(); return value;",
      ),
    ).toBe('7');
  });
});

describe('hands on the glass', () => {
  type Finger = { readonly x: number; readonly y: number; readonly id: number };

  async function fingers(
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...touchPoints: readonly Finger[]
  ): Promise<void> {
    await target.input.send('Input.dispatchTouchEvent', { type, touchPoints: [...touchPoints] });
  }

  const scale = (): Promise<unknown> => attack('return visualViewport.scale * devicePixelRatio;');

  proves('zoom', 'shown in Chromium', async () => {
    const before = await scale();
    await fingers('touchStart', { x: 300, y: 600, id: 0 }, { x: 500, y: 600, id: 1 });
    for (const far of [100, 200, 280])
      await fingers('touchMove', { x: 300 - far, y: 600, id: 0 }, { x: 500 + far, y: 600, id: 1 });
    await fingers('touchEnd');
    for (let taps = 0; taps < 2; taps += 1) {
      await fingers('touchStart', { x: 400, y: 600, id: 0 });
      await fingers('touchEnd');
    }
    await target.input.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: 400,
      y: 600,
      deltaX: 0,
      deltaY: -600,
      modifiers: 2,
    });
    await attack('await new Promise((resolve) => setTimeout(resolve, 300));');
    expect(await scale()).toBe(before);
    const wheel = await attack(
      "const wheel = new WheelEvent('wheel', { ctrlKey: true, cancelable: true, bubbles: true }); document.body.dispatchEvent(wheel); return wheel.defaultPrevented;",
    );
    expect(wheel).toBe(true);
  });

  proves('gestures', 'shown in Chromium', async () => {
    for (const [fromX, toX] of [
      [2, 900],
      [1078, 100],
    ] as const) {
      await fingers('touchStart', { x: fromX, y: 900, id: 0 });
      for (let step = 1; step <= 5; step += 1)
        await fingers('touchMove', { x: fromX + ((toX - fromX) * step) / 5, y: 900, id: 0 });
      await fingers('touchEnd');
    }
    await fingers('touchStart', { x: 500, y: 5, id: 0 });
    for (const y of [300, 900, 1_500]) await fingers('touchMove', { x: 500, y, id: 0 });
    await fingers('touchEnd');
    expect(await attack('return getComputedStyle(document.documentElement).overscrollBehaviorY;')).toBe(
      'none',
    );
    await target.expectStillHere();
  });

  proves('long-press', 'shown in Chromium', async () => {
    await attack(
      "window.menus = []; addEventListener('contextmenu', (event) => window.menus.push(event.defaultPrevented));",
    );
    await fingers('touchStart', { x: 500, y: 700, id: 0 });
    await attack('await new Promise((resolve) => setTimeout(resolve, 1_200));');
    await fingers('touchEnd');
    await target.page.mouse.click(500, 700, { button: 'right' });
    await target.page.mouse.dblclick(500, 700);
    expect(await attack('return window.menus;')).toEqual([]);
    expect(await attack('return String(getSelection());')).toBe('');
    expect(
      await attack(
        "const menu = new MouseEvent('contextmenu', { cancelable: true }); document.body.dispatchEvent(menu); return menu.defaultPrevented;",
      ),
    ).toBe(true);
  });

  proves('drag-and-drop', 'shown in Chromium', async () => {
    const file = join(target.built.folder, 'dropped.html');
    writeFileSync(file, '<h1>dropped</h1>');
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await target.input.send('Input.dispatchDragEvent', { type, x: 400, y: 600, data });
    }
    await attack('await new Promise((resolve) => setTimeout(resolve, 300));');
    await target.expectStillHere();
    expect(
      await attack(
        "const drag = new DragEvent('dragstart', { cancelable: true, bubbles: true }); document.body.dispatchEvent(drag); return drag.defaultPrevented;",
      ),
    ).toBe(true);
  });

  proves('ten-touches', 'shown in Chromium', async () => {
    await attack(`window.downs = 0; window.clicks = 0;
      const button = document.createElement('button'); button.id = 'big';
      button.style.cssText = 'position: fixed; inset: 0; z-index: 9';
      button.onpointerdown = () => { window.downs += 1; }; button.onclick = () => { window.clicks += 1; };
      document.body.append(button);`);
    const ten = Array.from({ length: 10 }, (_, id) => ({ x: 100 + id * 60, y: 900, id }));
    for (let count = 1; count <= 10; count += 1) await fingers('touchStart', ...ten.slice(0, count));
    await fingers('touchEnd');
    await until('the one touch that counts', 2_000, async () => (await attack('return window.downs;')) === 1);
    await fingers('touchStart', { x: 400, y: 900, id: 0 });
    await fingers('touchEnd');
    await until(
      'a single finger afterwards',
      2_000,
      async () => (await attack('return window.clicks;')) === 1,
    );
    expect(await attack("document.getElementById('big').remove(); return window.downs;")).toBe(2);
  });
});
