import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';

/*
 * Which packages a build needs at run time: those it names, those they name, and of optional ones what is installed here.
 * Nothing else travels.
 */

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Expected beside the package; some only by some of its users. */
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Folders of all packages that these imports lead to, below `root`. */
export function packageFolders(imports: Iterable<string>, root: string): readonly string[] {
  const folders = new Set<string>();
  const open = [...imports].flatMap((specifier) => {
    const name = packageOf(specifier);
    return name === undefined ? [] : [{ name, from: root, isOptional: false }];
  });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = resolvePackage(next.name, next.from);
    if (folder === undefined && !next.isOptional) throw new Error(`${next.name} is not installed`);
    if (folder === undefined || folders.has(folder)) continue;
    folders.add(folder);
    const manifest = manifestOf(folder);
    const { dependencies = {}, optionalDependencies = {} } = manifest;
    for (const name of Object.keys(dependencies)) {
      open.push({ name, from: folder, isOptional: name in optionalDependencies });
    }
    for (const name of [...Object.keys(optionalDependencies), ...neededPeers(manifest)]) {
      open.push({ name, from: folder, isOptional: true });
    }
  }
  return [...folders].sort();
}

/** A peer that a package can do without, such as a compiler for its types, does not travel. */
function neededPeers({ peerDependencies = {}, peerDependenciesMeta = {} }: Manifest): readonly string[] {
  return Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
}

/** `undefined` for Node's own modules and for files. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('node:') || specifier.startsWith('.') || builtinModules.includes(specifier)) {
    return undefined;
  }
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** As Node looks for it: in every node_modules from here upwards. */
function resolvePackage(name: string, from: string): string | undefined {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
