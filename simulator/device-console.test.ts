import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runDeviceConsole } from './device-console.ts';
import { bytesOf, frames } from './devices/ccnet/test-host.ts';
import type { Plug } from './plug.ts';
import { acceptorUnit } from './simulated-protocols.ts';
import { VirtualClock } from './virtual-clock.ts';

function setUp() {
  const clock = new VirtualClock();
  const commands = new PassThrough();
  const printed: unknown[] = [];
  const stopper = new AbortController();
  const plugCalls: string[] = [];
  const note = (call: string) => (): Promise<void> => {
    plugCalls.push(call);
    return Promise.resolve();
  };
  const plug: Plug = { path: '/dev/x', unplug: note('unplug'), replug: note('replug'), close: note('close') };
  const unit = acceptorUnit('ccnet', { clock, isFast: true });
  const ended = runDeviceConsole({
    protocol: 'ccnet',
    unit,
    plug,
    commands,
    stop: stopper.signal,
    printLine: (json) => printed.push(JSON.parse(json)),
  });
  const type = async (line: string): Promise<void> => {
    commands.write(`${line}\n`);
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(500);
  };
  return { clock, commands, ended, plugCalls, printed, stopper, type, unit };
}

describe('device console', () => {
  it('prints protocol and path first, then what happens', async () => {
    const { printed, type, unit } = setUp();
    await type('');
    expect(printed).toEqual([{ protocol: 'ccnet', path: '/dev/x' }, { kind: 'power-on' }]);
    for (const frame of [frames.reset, frames.enableTypes0To6]) {
      unit.device.receive(bytesOf(frame));
      await type('');
    }
    printed.length = 0;
    await type('insert 5000');
    unit.device.receive(bytesOf(frames.stack));
    await type('');
    expect(printed).toMatchObject([
      { kind: 'note-inserted', note: { valueMinor: 500_000, currency: 'KZT', condition: 'good' } },
      { kind: 'note-escrowed' },
      { kind: 'note-stacking' },
      { kind: 'note-stacked', note: { noteId: 1 } },
    ]);
  });

  it.each([
    ['power off', 'power-off'],
    ['jam', 'jammed'],
    ['jam cassette', 'obstructed'],
    ['clear', 'jam-cleared'],
    ['fail 5F', 'failed'],
    ['cassette out', 'cassette-removed'],
    ['cassette swap', 'cassette-inserted'],
    ['cassette full', 'cassette-full'],
    ['insert unreadable', 'note-refused'],
    ['insert 200 doubtful', 'note-refused'],
    ['insert foreign', 'note-refused'],
    ['unplug', 'unplugged'],
    ['replug', 'replugged'],
  ])('understands: %s', async (line, kind) => {
    const { printed, type } = setUp();
    await type(line);
    expect(printed.at(-1)).toMatchObject({ kind });
  });

  it('puts the very cassette back that was taken out', async () => {
    const { printed, type } = setUp();
    await type('cassette out');
    await type('cassette out');
    await type('cassette in');
    await type('cassette in');
    expect(printed.slice(2)).toEqual([
      { kind: 'cassette-removed', noteCount: 0 },
      { kind: 'cassette-inserted', noteCount: 0 },
    ]);
  });

  it.each([
    'dance',
    'insert',
    'insert -5',
    'insert 5000 foreign',
    'insert 12 34',
    'fail',
    'fail xyz',
    'power',
    'jam head',
    'cassette',
    'clear all',
    'take 5',
  ])('does not understand: %s', async (line) => {
    const { printed, type } = setUp();
    await type(line);
    expect(printed.at(-1)).toMatchObject({ kind: 'error', message: expect.stringContaining(line) });
  });

  it('ends at quit, at the end of its commands and when stopped, and gives the port back', async () => {
    const first = setUp();
    await first.type('unplug');
    await first.type('quit');
    await first.ended;
    expect(first.plugCalls).toEqual(['unplug', 'close']);
    const second = setUp();
    second.commands.end();
    await second.ended;
    expect(second.plugCalls).toEqual(['close']);
    const third = setUp();
    await third.type('power off');
    third.stopper.abort();
    await third.ended;
    expect(third.plugCalls).toEqual(['close']);
  });
});
