import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandSchema, type DockCommand, decodeCommand, decodeDockMessage, dockLimits } from './contract.ts';

const commands: readonly DockCommand[] = [
  { kind: 'insert', note: { kind: 'tenge', tenge: 20_000, condition: 'doubtful' } },
  { kind: 'insert', note: { kind: 'foreign' } },
  { kind: 'acceptor', action: 'jam cassette' },
  { kind: 'printer', action: 'paper out' },
  { kind: 'fault-on', plan: { fault: { kind: 'slow', delayMs: 3_000 }, times: 3, call: 'top-up' } },
  { kind: 'fault-off', fault: 'stall' },
  { kind: 'network', plugged: false },
  { kind: 'mend-all' },
  { kind: 'kill-host' },
  { kind: 'cassette-seen' },
  { kind: 'away', minutes: 60 },
];

describe('what hands may say', () => {
  test('there is a sample of every kind', () => {
    const kinds = commandSchema.options.map((option) => option.shape.kind.value);
    expect(new Set(commands.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  test.each(commands.map((command) => [JSON.stringify(command), command] as const))('%s', (text, command) => {
    expect(decodeCommand(text)).toEqual(command);
  });

  test.each([
    [
      'a note that is not printed',
      { kind: 'insert', note: { kind: 'tenge', tenge: 700, condition: 'good' } },
    ],
    [
      'a condition nobody knows',
      { kind: 'insert', note: { kind: 'tenge', tenge: 500, condition: 'forged' } },
    ],
    ['two commands in one line', { kind: 'acceptor', action: 'take\npower off' }],
    ['a file of the machine', { kind: 'printer', action: 'png /etc/passwd' }],
    ['any number of minutes', { kind: 'away', minutes: 5 }],
    ['a fault nobody knows', { kind: 'fault-on', plan: { fault: { kind: 'explode' } } }],
    ['a call nobody makes', { kind: 'fault-on', plan: { fault: { kind: 'stall' }, call: 'transfer' } }],
    ['more than is asked', { kind: 'kill-host', signal: 'SIGSTOP' }],
    ['nothing', null],
    ['a list', []],
  ])('not %s', (_name, value) => {
    expect(decodeCommand(JSON.stringify(value))).toBeUndefined();
  });

  test('nothing longer than any command', () => {
    const text = JSON.stringify({ kind: 'mend-all' });
    expect(decodeCommand(text.padEnd(dockLimits.commandTextMax))).toBeDefined();
    expect(decodeCommand(text.padEnd(dockLimits.commandTextMax + 1))).toBeUndefined();
  });
});

describe('whatever comes', () => {
  const anyText = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }));

  test('is a command or nothing, on either side', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeCommand(text)).toBeUndefined();
        expect(decodeDockMessage(text)).toBeUndefined();
      }),
    );
  });

  test('a command with one part changed is a command still, or nothing', () => {
    const changed = fc
      .tuple(fc.constantFrom(...commands), fc.string(), fc.jsonValue())
      .chain(([command, name, value]) =>
        fc.constantFrom(...Object.keys(command), name).map((key) => ({ ...command, [key]: value })),
      );
    fc.assert(
      fc.property(changed, (message) => {
        const decoded = decodeCommand(JSON.stringify(message));
        if (decoded !== undefined) expect(commandSchema.safeParse(decoded).success).toBe(true);
      }),
    );
  });
});
