import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { proves } from './proves.ts';
import { theWindow } from './stage.ts';
import { openTarget, type Target } from './target.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));

/* What an attacker could do who had got a script into the page. */

let target: Target;

beforeAll(async () => {
  target = await openTarget();
}, 90_000);

afterAll(() => target.leave());

const attack = (script: string): Promise<unknown> => target.attack(script);

/** What would have left the machine. */
const leaked = (): readonly string[] => theWindow().webContents.leaked;

test('a terminal whose host cannot start says so, in place of "one moment"', async () => {
  await target.expectStillHere();
});

describe('what runs on the page', () => {
  proves('exposed-api', 'shown in Chromium', async () => {
    const shape = await attack(
      'return Object.entries(window.qyzyl).map(([name, value]) => name + " " + typeof value).sort();',
    );
    expect(shape).toEqual(['onState function', 'onText function', 'send function']);
    expect(await attack('return [typeof require, typeof process, typeof module].join();')).toBe(
      'undefined,undefined,undefined',
    );
    expect(await attack('window.qyzyl = 1; window.qyzyl.send = 1; return typeof window.qyzyl.send;')).toBe(
      'function',
    );
    // Neither a port nor an oversized or wordless message gets through.
    for (const value of ['new MessageChannel().port1', "'x'.repeat(100_000)", '{ kind: "press" }', 'null']) {
      expect(await attack(`return window.qyzyl.send(${value});`)).toBeUndefined();
    }
    await target.expectStillHere();
  });

  proves('content-policy', 'shown in Chromium', async () => {
    const append = (tag: string, set: string): Promise<unknown> =>
      attack(`const one = document.createElement('${tag}'); ${set}; document.body.append(one);
        await new Promise((resolve) => setTimeout(resolve, 100)); one.remove();`);
    await append('script', "one.textContent = 'window.broken = 1'");
    await append('script', "one.src = 'https://example.org/x.js'");
    await append('style', "one.textContent = 'body { outline: 7px solid }'");
    await append('iframe', "one.src = 'https://example.org/'");
    await append('object', "one.data = 'https://example.org/'");
    await attack("setTimeout('window.broken = 1'); await new Promise((resolve) => setTimeout(resolve, 50));");
    expect(await attack('return typeof window.broken;')).toBe('undefined');
    expect(await attack('return getComputedStyle(document.body).outlineWidth;')).not.toBe('7px');
    expect(leaked()).toEqual([]);
  });

  proves('secure-content', 'shown in Chromium', async () => {
    expect(await attack("await fetch('https://example.org/');")).toBe('threw TypeError');
    expect(await attack("await fetch('/index.html');")).toBe('threw TypeError');
    const events =
      'await new Promise((resolve, reject) => { one.onopen = resolve; one.onerror = () => reject(new Error()); });';
    expect(await attack(`const one = new WebSocket('ws://127.0.0.1:1/'); ${events}`)).toMatch(/^threw/);
    expect(await attack("return navigator.sendBeacon('https://example.org/', 'x');")).not.toBe('sent');
    await attack("new Image().src = 'https://example.org/x.png';");
    expect(leaked()).toEqual([]);
  });

  proves('custom-protocol', 'shown in Chromium', async () => {
    for (const url of ['file:///etc/passwd', '/..%2f..%2fetc/passwd', '/no-such-file.js']) {
      const loaded = await attack(
        `return await new Promise((resolve) => { const one = new Image(); one.onload = () => resolve('loaded');
          one.onerror = () => resolve('refused'); one.src = ${JSON.stringify(url)}; });`,
      );
      expect(loaded, url).toBe('refused');
    }
  });

  proves('navigation', 'shown in Chromium', async () => {
    for (const url of [
      'https://example.org/',
      'file:///etc/passwd',
      'javascript:void(document.body.remove())',

      'chrome://settings',
      'data:text/html,x',
    ]) {
      await attack(`location.href = ${JSON.stringify(url)};`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await target.expectStillHere();
    }
    await attack(
      "document.body.insertAdjacentHTML('beforeend', '<form id=f action=https://example.org/ ><input></form>'); document.getElementById('f').submit(); document.getElementById('f').remove();",
    );
    await target.expectStillHere();
  });

  proves('new-windows', 'shown in Chromium', async () => {
    expect(await attack("return String(window.open('https://example.org/'));")).toBe('null');
    await attack(
      "const a = document.createElement('a'); a.href = 'https://example.org/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove();",
    );
    expect(target.page.context().pages()).toHaveLength(1);
    await target.expectStillHere();
  });

  proves('downloads', 'shown in Chromium', async () => {
    const saved: string[] = [];
    target.page.on('download', (download) => saved.push(download.url()));
    await attack(
      "const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'; document.body.append(a); a.click(); a.remove(); await new Promise((resolve) => setTimeout(resolve, 300));",
    );
    expect(saved).toEqual([]);
    await target.expectStillHere();
  });

  proves('print', 'shown in Chromium', async () => {
    const printed = await attack(
      "let count = 0; addEventListener('beforeprint', () => { count += 1; }); window.print(); await new Promise((resolve) => setTimeout(resolve, 200)); return count;",
    );
    expect(printed).toBe(0);
    const boxes: string[] = [];
    target.page.on('dialog', (dialog) => {
      boxes.push(dialog.type());
      void dialog.dismiss();
    });
    expect(await attack("alert('x'); return [confirm('x'), prompt('x')].join();")).toBe('false,');
    expect(boxes).toEqual([]);
  });

  proves('permissions', 'shown in Chromium', async () => {
    const allowed = (await attack('return document.featurePolicy.allowedFeatures();')) as readonly string[];
    for (const feature of ['camera', 'microphone', 'geolocation', 'usb', 'serial', 'hid', 'clipboard-read']) {
      expect(allowed).not.toContain(feature);
    }
    expect(await attack('await navigator.mediaDevices.getDisplayMedia();')).toMatch(/^threw/);
    for (const call of [
      'usb.requestDevice({ filters: [] })',
      'serial.requestPort()',
      'hid.requestDevice({ filters: [] })',
    ]) {
      expect(await attack(`await navigator.${call};`), call).toBe('threw SecurityError');
    }
    expect(
      await attack(
        'await new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, () => reject(new Error())));',
      ),
    ).toBe('threw Error');
    expect(await attack('await navigator.clipboard.readText();')).toBe('threw NotAllowedError');
  });
});
