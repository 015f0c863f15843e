import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAliveEveryMs, keepAliveText } from '../terminal/contract/keep-alive.ts';
import { portLink } from './ipc-link.ts';

class Port extends EventEmitter {
  readonly sent: unknown[] = [];
  isStarted = false;
  isClosed = false;

  postMessage(data: unknown): void {
    this.sent.push(data);
  }
  start(): void {
    this.isStarted = true;
  }
  close(): void {
    this.isClosed = true;
    this.emit('close');
  }
}

let port: Port;
let link: ReturnType<typeof portLink>;

beforeEach(() => {
  vi.useFakeTimers();
  port = new Port();
  link = portLink(port as unknown as MessagePortMain);
});

afterEach(() => {
  vi.useRealTimers();
});

test('text passes both ways, and nothing but text', () => {
  const heard: string[] = [];
  link.onText((text) => heard.push(text));
  expect(port.isStarted).toBe(true);
  for (const data of ['press', 7, null, undefined, { kind: 'press' }, ['press'], new Uint8Array(4)]) {
    port.emit('message', { data, ports: [] });
  }
  expect(heard).toEqual(['press']);
  link.send('view');
  expect(port.sent).toEqual(['view']);
});

test('a line with nothing to say is not silent, until it is closed', () => {
  vi.advanceTimersByTime(3 * keepAliveEveryMs);
  expect(port.sent).toEqual([keepAliveText, keepAliveText, keepAliveText]);
  link.close();
  expect(port.isClosed).toBe(true);
  vi.advanceTimersByTime(10 * keepAliveEveryMs);
  expect(port.sent).toHaveLength(3);
});

test('a line that the page ends is told once', () => {
  const closed = vi.fn();
  link.onClosed(closed);
  port.close();
  port.emit('close');
  expect(closed).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10 * keepAliveEveryMs);
  expect(port.sent).toEqual([]);
});
