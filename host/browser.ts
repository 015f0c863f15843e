import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tokenFrom, writeAddress } from './address-file.ts';
import { frameOrigin } from './frame-origin.ts';
import { createScreenPort } from './screen-port.ts';
import { startScreenServer } from './screen-server.ts';
import { reportToServiceManager } from './service-manager.ts';
import { runTerminalProcess } from './terminal-process.ts';

/*
 * A terminal process whose screen is a page on the loopback address; any Chromium shows it. The address with the token
 * of this start goes to the parent process, or to standard output if there is none. A parent that starts the process
 * again after a crash keeps port and token (QYZYL_SCREEN_TOKEN), so that the page finds its way back by itself.
 */

const { values } = parseArgs({
  options: {
    settings: { type: 'string', default: 'settings.json' },
    port: { type: 'string', default: '0' },
    /** Where a browser that somebody else starts finds the page. */
    'address-file': { type: 'string' },
    page: { type: 'string', default: fileURLToPath(new URL('../dist/renderer', import.meta.url)) },
  },
});

let hear: (text: string) => void = () => undefined;
const screen = createScreenPort((text) => hear(text));

await runTerminalProcess({
  settingsPath: values.settings,
  onView: screen.show,
  onRunning: async (terminal, log) => {
    hear = terminal.hear.bind(terminal);
    const addressFile = values['address-file'];
    const token = process.env['QYZYL_SCREEN_TOKEN'] ?? (addressFile && tokenFrom(addressFile));
    const framedBy = frameOrigin(terminal.view().frame.simulated, process.env['QYZYL_DOCK_ORIGIN']);
    const server = await startScreenServer({
      pageFolder: values.page,
      port: Number(values.port),
      ...(token !== undefined && { token }),
      ...(framedBy !== undefined && { framedBy }),
      onLink: screen.plugIn,
      onRefused: (why) => log({ event: 'screen-refused', why }),
    });
    if (addressFile !== undefined) writeAddress(addressFile, server.url);
    reportToServiceManager(() => terminal.condition().state);
    if (process.send === undefined) process.stdout.write(`${server.url}\n`);
    else process.send({ kind: 'screen-served', url: server.url });
  },
});
