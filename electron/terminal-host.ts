import type { MessagePortMain } from 'electron';
import { createScreenPort } from '../host/screen-port.ts';
import { runTerminalProcess } from '../host/terminal-process.ts';
import { keepAliveEveryMs } from '../terminal/contract/keep-alive.ts';
import { type HostReport, isHostOrder } from './channels.ts';
import { portLink } from './ipc-link.ts';

/*
 * The terminal host as Electron's utility process runs it. The shell hands it a port to the page; it tells the shell
 * that it runs, and goes on telling.
 */

const [settingsPath = ''] = process.argv.slice(2);
const shell = process.parentPort;
const report = (message: HostReport): void => shell.postMessage(message);

let hear: (text: string) => void = () => undefined;
const screen = createScreenPort((text) => hear(text));

shell.on('message', ({ data, ports }: { data: unknown; ports: MessagePortMain[] }) => {
  if (!isHostOrder(data)) return;
  const [port] = ports;
  if (data.kind === 'plug-in' && port !== undefined) screen.plugIn(portLink(port));
  // The same way out as for a signal, which not every platform has.
  if (data.kind === 'stop') process.emit('SIGTERM');
});

await runTerminalProcess({
  settingsPath,
  onView: screen.show,
  onRunning: (terminal) => {
    hear = terminal.hear.bind(terminal);
    report({ kind: 'ready' });
    setInterval(() => report({ kind: 'alive' }), keepAliveEveryMs);
  },
});
