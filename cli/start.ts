import { join } from 'node:path';
import { acceptorProtocols } from '../terminal/devices.ts';
import { acceptorNamed } from './acceptor-option.ts';
import { readOptions } from './options.ts';
import type { RunningShape } from './start-with-prompt.ts';
import { clearSurroundings, startSurroundings } from './surroundings.ts';

/*
 * The terminal on simulated devices, with a wallet backend of its own: as a page with its screen and a dock beside it,
 * or with --prompt as text.
 */

const usage = `Usage:
  npm start -- [--prompt] [--fresh] [--fast] [--acceptor <protocol>] [--folder <folder>] [--log]
  --prompt    as text, without a page
  --fresh     begins with an empty ledger and new wallets
  --fast      mechanics that take 50 ms instead of seconds
  --acceptor  ${acceptorProtocols.join(', ')}
  --log       prints the terminal's log`;

const { values: options } = readOptions(usage, {
  options: {
    folder: { type: 'string', default: join('var', 'terminal') },
    /** Begins with an empty ledger and new wallets. */
    fresh: { type: 'boolean', default: false },
    prompt: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    /** What the acceptor speaks. */
    acceptor: { type: 'string', default: 'ccnet' },
    log: { type: 'boolean', default: false },
  },
});

let shape: RunningShape | undefined;
let isEnding = false;

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await shape?.stop();
  await surroundings.end();
  process.exit(code);
}

if (options.fresh) clearSurroundings(options.folder);
const surroundings = await startSurroundings(options.folder, acceptorNamed(options.acceptor), [
  ...(options.fast ? ['--fast'] : []),
  ...(options.prompt ? [] : ['--trace']),
]);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));

const shapeOptions = {
  logTo: options.log ? 'inherit' : 'ignore',
  onEnd: (code: number) => void end(code),
} as const;
// Only what shows a page needs the page's tools.
shape = options.prompt
  ? (await import('./start-with-prompt.ts')).startWithPrompt(surroundings, shapeOptions)
  : await (await import('./start-with-dock.ts')).startWithDock(surroundings, shapeOptions);
