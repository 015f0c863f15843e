import { gzipSync } from 'node:zlib';
import { bundle } from '../../renderer/bundle.ts';

/** The bar of the design: script of the first screen, compressed. */
export const scriptBytesMax = 150_000;

export interface ScreenScripts {
  /** What a browser loads before it shows anything. */
  readonly first: readonly string[];
  /** Everything, also what is loaded later or never. */
  readonly all: readonly string[];
}

/** The scripts of the customer's page, as `npm run build:screen` would write them. */
export async function screenScripts(): Promise<ScreenScripts> {
  const { output } = await bundle('screen', 'memory');
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const names = chunks
    .filter(({ isEntry }) => isEntry)
    .flatMap(({ fileName, imports }) => [fileName, ...imports]);
  const first = chunks.filter(({ fileName }) => names.includes(fileName)).map(({ code }) => code);
  return { first, all: chunks.map(({ code }) => code) };
}

export function compressedBytes(scripts: readonly string[]): number {
  return scripts.reduce((sum, code) => sum + gzipSync(code).byteLength, 0);
}
