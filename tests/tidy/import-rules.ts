import { importedPath, isTestCode } from './source-tree.ts';
import type { Import } from './syntax.ts';

/*
 * Who may import whom. The core knows nothing of the machine it runs on; device code and the simulator never share a
 * codec, so that neither can prove the other right by being wrong in the same way.
 */

interface FolderRule {
  /** Folders of ours besides the folder itself. */
  readonly ours: readonly string[];
  /** Packages by their first name. */
  readonly packages: readonly string[];
  readonly node: boolean;
}

export const folderRules: Readonly<Record<string, FolderRule>> = {
  terminal: { ours: [], packages: ['zod', 'libphonenumber-js'], node: false },
  hardware: {
    ours: ['terminal/'],
    packages: [
      ...['serialport', '@serialport/bindings-cpp'],
      ...['@napi-rs/canvas', 'qrcode', '@expo-google-fonts/golos-text'],
    ],
    node: true,
  },
  db: { ours: ['terminal/'], packages: ['better-sqlite3'], node: true },
  simulator: {
    ours: ['terminal/', 'hardware/link/'],
    packages: [
      'better-sqlite3',
      'fastify',
      ...['react', 'react-dom', '@fontsource-variable/golos-text'],
      'http-message-signatures',
      'qrcode',
      '@napi-rs/canvas',
      '@expo-google-fonts/golos-text',
      'sirv',
      'uuid',
      'ws',
      'zod',
    ],
    node: true,
  },
  renderer: {
    ours: ['terminal/contract/', 'locales/'],
    packages: [
      ...['react', 'react-dom', 'react-i18next', 'i18next', 'i18next-icu', 'intl-messageformat'],
      ...['lucide-react', 'qrcode', '@fontsource-variable/golos-text'],
    ],
    node: false,
  },
  host: {
    ours: ['terminal/', 'hardware/', 'db/', 'locales/'],
    packages: [
      'http-message-signatures',
      'i18next',
      'i18next-icu',
      'intl-messageformat',
      'pino',
      'sirv',
      'uuid',
      'ws',
      'zod',
    ],
    node: true,
  },
  // The guard of the page is the page's own; the shell's preload puts the same one up before it.
  electron: {
    ours: ['host/', 'terminal/contract/', 'renderer/page-guard.ts'],
    packages: ['electron'],
    node: true,
  },
  locales: { ours: [], packages: [], node: false },
};

/** The only host files that know the simulator: they are absent from the production bundle. */
const simulatorUsers = new Set(['host/compose-simulated.ts', 'host/simulate.ts']);

/** Command-line entries put parts together as they need them. */
const joinsAnything = /^cli\/|^[^/]+\.config\.ts$/;

/** Builds a page out of its folder; it is no part of the page. */
const buildsPage = /\/bundle\.ts$/;
const buildPackages: readonly string[] = ['vite', '@vitejs/plugin-react'];

/** The device code that touches a port or a font file; codecs are bytes in, values out. */
const hardwareWithNode = /^hardware\/(link|printer\/raster)\//;

/** AES and hashes: values in, values out, so that the codec stays as pure as the others. */
const hardwareWithCiphers = 'hardware/banknote/essp/cipher.ts';

/** Why that file may not import that; `undefined` if it may. */
export function importComplaint(importer: string, imported: Import): string | undefined {
  if (isTestCode(importer) || joinsAnything.test(importer)) return undefined;
  const folder = importer.split('/')[0] ?? '';
  const rule = folderRules[folder];
  if (rule === undefined) return `no rule says what ${folder}/ may import`;
  const { specifier } = imported;
  const refused = `may not import ${specifier}`;
  const isBuild = buildsPage.test(importer);
  if (specifier.startsWith('node:')) {
    const isCipher = importer === hardwareWithCiphers && specifier === 'node:crypto';
    const isAllowed =
      folder === 'hardware' ? hardwareWithNode.test(importer) || isCipher : rule.node || isBuild;
    return isAllowed ? undefined : refused;
  }
  if (!specifier.startsWith('.')) {
    const packages = isBuild ? [...rule.packages, ...buildPackages] : rule.packages;
    return packages.includes(packageOf(specifier)) ? undefined : refused;
  }
  const target = importedPath(importer, specifier);
  if (isTestCode(target)) return `production code ${refused}`;
  // The version on the log's first line.
  if (importer === 'host/build.ts' && target === 'package.json') return undefined;
  const isOurs = target.startsWith(`${folder}/`) || rule.ours.some((ours) => target.startsWith(ours));
  const isSimulator = simulatorUsers.has(importer) && target.startsWith('simulator/');
  return isOurs || isSimulator ? undefined : refused;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What no pure code may name: time, chance and the machine come in through ports. */
export const worldly = new Set([
  ...['Date.now', 'new Date()', 'Math.random'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'crypto'],
  ...['process', 'Buffer', 'globalThis', 'fetch', 'console', 'require', '__dirname', '__filename'],
]);

/** Code that must be the same in every world. */
export function isPure(path: string): boolean {
  if (isTestCode(path)) return false;
  return path.startsWith('terminal/') || (path.startsWith('hardware/') && !hardwareWithNode.test(path));
}

/** The first way found that leads back to where it began, file by file; `undefined` if there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of graph.get(path) ?? []) {
      const cycle = walk(next, [...way, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of graph.keys()) {
    const cycle = walk(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
