import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/* What others have written and a package carries: name, version, licence, and the licence's own text. */

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** One text of the licences of all these packages, each a folder with a package.json. */
export function licencesOf(folders: Iterable<string>, root: string): string {
  const parts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = manifestOf(folder);
    if (license === undefined) throw new Error(`${relative(root, folder)} names no licence`);
    const texts = licenceFiles(folder).map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version}`, `Licence: ${license}`, ...texts].join('\n\n');
  });
  return `${parts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

/** The package's folder that a file lies in; `undefined` for a file of our own. */
export function packageFolderOf(file: string): string | undefined {
  const at = file.lastIndexOf('node_modules/');
  if (at < 0) return undefined;
  const [first = '', second = ''] = file.slice(at + 'node_modules/'.length).split('/');
  const folder =
    file.slice(0, at) + join('node_modules', first.startsWith('@') ? join(first, second) : first);
  return existsSync(join(folder, 'package.json')) ? folder : undefined;
}

function licenceFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
