import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';

/* The repository as its rules look at it: paths from the root, texts, and the compiler's own syntax trees. */

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is written by machines, or by others. */
const notOurs = new Set(['.git', 'node_modules', 'var', 'dist', 'package-lock.json']);

/** Every text of the repository by its path from the root. */
export function repositoryTexts(extensions: readonly string[]): ReadonlyMap<string, string> {
  const paths = readdirSync(root, { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((path) =>
            join(entry.name, path),
          )
        : [entry.name],
    )
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/**
 * Parses with the compiler that checks the repository: no second opinion of what is a comment or a type. It sees the
 * given files alone, so that nothing is resolved or loaded beside them.
 */
export function parseAll(texts: ReadonlyMap<string, string>): ReadonlyMap<string, SourceFile> {
  const files = [...texts.keys()];
  const config = { compilerOptions: { noResolve: true, noLib: true, types: [] }, files };
  const disk: Record<string, string> = { '/repository/tsconfig.json': JSON.stringify(config) };
  for (const [path, text] of texts) disk[`/repository/${path}`] = text;
  const compiler = new API({ cwd: root, fs: createVirtualFileSystem(disk) });
  try {
    const [project] = compiler.updateSnapshot({ openProjects: ['/repository/tsconfig.json'] }).getProjects();
    return new Map(
      files.map((path) => {
        const parsed = project?.program.getSourceFile(`/repository/${path}`);
        if (parsed === undefined) throw new Error(`the compiler did not read ${path}`);
        return [path, parsed];
      }),
    );
  } finally {
    compiler.close();
  }
}

/** Test code may join what production code keeps apart. */
export function isTestCode(path: string): boolean {
  return /\.test\.ts$|-bench\.ts$|^tests\/|\/testing\//.test(path);
}

/** The file that a relative import means. */
export function importedPath(importer: string, specifier: string): string {
  return normalize(join(dirname(importer), specifier));
}
