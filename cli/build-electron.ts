import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bundleOf } from '../renderer/bundle.ts';
import { buildElectron } from './electron-bundle.ts';

/* Everything that the Electron kiosk runs, under dist/: ready for `electron .` and for the packager. */

const root = fileURLToPath(new URL('..', import.meta.url));
await build(bundleOf('screen'));
await buildElectron(join(root, 'dist', 'electron'));
