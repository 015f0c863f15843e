import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAll, repositoryTexts } from './source-tree.ts';
import { syntaxOf } from './syntax.ts';

const fileLinesMax = 300;
const functionLinesMax = 70;

const code = repositoryTexts(['.ts', '.tsx', '.mjs']);
const typed = new Map([...code].filter(([path]) => !path.endsWith('.mjs')));
const syntaxes = new Map([...parseAll(typed)].map(([path, source]) => [path, syntaxOf(source)]));
const everything = repositoryTexts([
  ...['.ts', '.tsx', '.mjs', '.json', '.md', '.yaml', '.yml', '.sql', '.css', '.html', '.sh', '.service'],
]);

/** Someone's own disk, not a place that every installation has. */
const machinePath = /(?<![\w.:])(\/(home|Users|root|work)\/[\w.-]+|[A-Z]:\\\\?Users\\)/;
const unfinished = /\b(TO(?:DO)|FIX(?:ME)|XX(?:X))\b/;

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

function pathsWith(complains: (text: string, path: string) => boolean): readonly string[] {
  return [...everything].filter(([path, text]) => complains(text, path)).map(([path]) => path);
}

describe('the habits of the code', () => {
  test(`a file has at most ${fileLinesMax} lines`, () => {
    const long = [...code].filter(([, text]) => linesOf(text) > fileLinesMax);
    expect(long.map(([path, text]) => `${path} has ${linesOf(text)}`)).toEqual([]);
  });

  test(`a function has at most ${functionLinesMax} lines`, () => {
    const long = [...syntaxes].flatMap(([path, { functions }]) =>
      functions
        .filter(({ lines }) => lines > functionLinesMax)
        .map(({ line, lines }) => `${path}:${line} has ${lines}`),
    );
    expect(long).toEqual([]);
  });

  test('files are named in kebab case', () => {
    const odd = [...code.keys()].filter(
      (path) => !/^[a-z0-9-]+(\.(test|property\.test|config|d))?\.(ts|tsx|mjs)$/.test(basename(path)),
    );
    expect(odd).toEqual([]);
  });

  test('only a configuration exports a default', () => {
    const odd = [...syntaxes].filter(
      ([path, syntax]) => syntax.hasDefaultExport && !/\.config\.ts$/.test(path),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  test('nothing is cast to any', () => {
    expect([...syntaxes].filter(([, syntax]) => syntax.castsToAny).map(([path]) => path)).toEqual([]);
  });

  test('only the command line writes to the console', () => {
    const loud = [...syntaxes].filter(
      ([path, { names }]) => names.has('console') && !path.startsWith('cli/'),
    );
    expect(loud.map(([path]) => path)).toEqual([]);
  });

  test('nothing is left to do later', () => {
    expect(pathsWith((text) => unfinished.test(text))).toEqual([]);
  });

  test('no text names a place on one machine', () => {
    expect(pathsWith((text) => machinePath.test(text))).toEqual([]);
  });
});

describe('the habits are noticed when they are broken', () => {
  test('an unfinished place and a private path', () => {
    expect(unfinished.test(`// ${'TO'}DO: later`)).toBe(true);
    expect(unfinished.test('a todo list')).toBe(false);
    expect(machinePath.test(`see /${'home'}/someone/file`)).toBe(true);
    expect(machinePath.test('kept in /var/lib/qyzyl, found by /dev/serial/by-id/usb-1')).toBe(false);
    expect(machinePath.test('https://example.org/work/plan')).toBe(false);
  });

  test('a long function, whole or without the functions it makes', () => {
    const lines = (count: number): string => 'step();\n'.repeat(count);
    const sizes = (text: string): readonly number[] => {
      const [source] = parseAll(new Map([['sample.ts', text]])).values();
      return source === undefined ? [] : syntaxOf(source).functions.map((size) => size.lines);
    };
    expect(sizes(`function long() {\n${lines(80)}}`)).toEqual([82]);
    expect(sizes(`function factory() {\nconst inner = () => {\n${lines(80)}};\n}`)).toEqual([3, 82]);
    expect(sizes(`function caller() {\neach(() => {\n${lines(80)}});\n}`)).toEqual([84, 82]);
    expect(sizes(`describe('much', () => {\n${lines(80)}});`)).toEqual([]);
  });

  test('a default export and a cast', () => {
    const [source] = parseAll(new Map([['sample.ts', 'export default 1 as any;']])).values();
    expect(source === undefined ? undefined : syntaxOf(source)).toMatchObject({
      hasDefaultExport: true,
      castsToAny: true,
    });
  });
});
