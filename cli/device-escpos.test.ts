import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';

function runDevice(...args: string[]) {
  const child = spawn(process.execPath, ['cli/device.ts', ...args]);
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? '');
  return { child, next };
}

it('serves a printer of the chosen model, prints what it is sent and obeys words', async () => {
  const { child, next } = runDevice('simulate', 'escpos', '--tcp', '--fast', '--model', 'custom-vkp80iii');
  const exit = once(child, 'exit');
  const { path } = (await next()) as { path: string };
  const socket = connect(Number(path.split(':')[1]), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(Uint8Array.of(0x1d, 0x49, 0xff));
  const [identity] = (await once(socket, 'data')) as [Buffer];
  expect(identity.toString('hex')).toBe('0205');
  socket.write('Slip\n\x1dV\x41\x00\x1cP\x0a\x00R\x00');
  expect(await next()).toEqual({ kind: 'printed', number: 1, cut: 'full-cut', text: 'Slip' });
  expect(await next()).toEqual({ kind: 'ticket-presented' });
  child.stdin.write('take\n');
  expect(await next()).toEqual({ kind: 'ticket-taken', number: 1 });
  child.stdin.write('quit\n');
  expect(await exit).toEqual([0, null]);
});

it('names the models it knows when asked for another', async () => {
  const { child } = runDevice('simulate', 'escpos', '--tcp', '--model', 'toString');
  const exit = once(child, 'exit');
  expect(await text(child.stderr)).toContain(
    'epson-tm-t88vi, epson-tm-m30, custom-vkp80iii, custom-vkp80iii-kz, generic',
  );
  expect((await exit)[0]).toBe(2);
});
