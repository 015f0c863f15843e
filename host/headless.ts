import { parseArgs } from 'node:util';
import { createScreenPort } from './screen-port.ts';
import { runTerminalProcess } from './terminal-process.ts';

/*
 * A terminal process without a screen of its own: views go to the parent process as JSON text, presses come from it. A
 * script, a prompt or a shell with a window can be that parent.
 */

const { values } = parseArgs({ options: { settings: { type: 'string', default: 'settings.json' } } });

const port = createScreenPort((text) => hear(text));
let hear: (text: string) => void = () => undefined;

await runTerminalProcess({
  settingsPath: values.settings,
  onView: port.show,
  onRunning: (terminal) => {
    hear = terminal.hear.bind(terminal);
    port.plugIn({
      send: (text) => void process.send?.(text),
      onText: (listener) =>
        process.on('message', (text) => {
          if (typeof text === 'string') listener(text);
        }),
      onClosed: (listener) => process.once('disconnect', listener),
      close: () => process.exit(0),
    });
  },
});
