import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inputAttacks } from './input-attacks.ts';
import { checklist, type LockdownItem } from './lockdown-items.ts';

const folder = new URL('./', import.meta.url);

/** Every label that a test carries, as `id: proof`. */
function provenLabels(): readonly string[] {
  const sources = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  return sources.flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [...text.matchAll(/\bproves\(\s*'([\w-]+)',\s*'([\w ]+)'/g)].map(
      ([, id, proof]) => `${id}: ${proof}`,
    );
  });
}

function rowOf({ attack, guard, proofs, unproven }: LockdownItem, index: number): string {
  const label = proofs.length === 0 ? '**unproven**' : proofs.join(', ');
  return `| ${index + 1} | ${attack} | ${guard} | ${label} | ${unproven === '' ? '–' : unproven} |`;
}

function tableOf(items: readonly LockdownItem[]): string {
  const head = '| | against | guard | proof | unproven |\n| --- | --- | --- | --- | --- |';
  return [head, ...items.map(rowOf)].join('\n');
}

const page = `# What keeps a stranger inside the screen

Made from \`tests/electron/lockdown-items.ts\`; a test holds every label against the tests that carry it.

Electron cannot be had on every machine that runs these tests. So the real shell (\`electron/\`) runs against a stand-in for
the \`electron\` module, whose window is a page of the installed Chromium with the real built preload script in it:

- **handler called** – the shell's own code did it when the stand-in asked as Electron would;
- **shown in Chromium** – the attack was made on the real page, and failed;
- **unproven** – nobody has seen it. \`tests/electron/real-electron.test.ts\` runs the real program where it can be had, and is
  reported as skipped elsewhere.

Under every "handler called" stands one assumption that only the real program can prove: that Electron asks when its
documentation says so. The last column names what else stays unproven.

## Electron's security checklist

${tableOf(checklist)}

## Hands, keyboards, cables and command lines

${tableOf(inputAttacks)}
`;

test('every label of the table is carried by a test, and every such test has its label', () => {
  const claimed = [...checklist, ...inputAttacks].flatMap(({ id, proofs }) =>
    proofs.map((proof) => `${id}: ${proof}`),
  );
  expect([...provenLabels()].sort()).toEqual(claimed.sort());
});

test('the checklist has its twenty points, and no item is there twice', () => {
  expect(checklist).toHaveLength(20);
  const ids = [...checklist, ...inputAttacks].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what is not proven at all says so', () => {
  for (const { id, proofs, unproven } of [...checklist, ...inputAttacks]) {
    if (proofs.length === 0) expect(unproven, id).not.toBe('');
  }
});

test('the page in docs/ is made from the list', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/lockdown.md');
});
