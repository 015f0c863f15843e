import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'qyzyl-e2e-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** This and nothing else: other programs read it. */
const summarySchema = z.strictObject({
  terminal: z.string(),
  operation: z.strictObject({ id: z.uuid(), wallet: z.string(), creditedMinor: z.int(), status: z.string() }),
  notes: z.array(z.strictObject({ denominationMinor: z.int(), state: z.string() })),
  ledgerCreditedMinor: z.int(),
  receipt: z.strictObject({ printed: z.boolean(), text: z.string(), png: z.string() }),
  timelineMs: z.record(z.string(), z.int()),
});

/** Real pseudo-terminals, the real serial library, real HTTP, a real ledger: everything but the metal. */
test('the demo: stacked = credited = ledger, and the slip says so in Kazakh and Russian', async () => {
  const png = join(folder, 'receipt.png');
  const { stdout } = await run(process.execPath, [
    'cli/demo.ts',
    '--json',
    '--fast',
    '--notes',
    '20000,500',
    '--png',
    png,
  ]);
  const summary = summarySchema.parse(JSON.parse(stdout));
  expect(summary.notes).toEqual([
    { denominationMinor: 2_000_000, state: 'stacked' },
    { denominationMinor: 50_000, state: 'stacked' },
  ]);
  expect(summary.operation).toMatchObject({ status: 'credited', creditedMinor: 2_050_000 });
  expect(summary.ledgerCreditedMinor).toBe(2_050_000);
  expect(summary.receipt.printed).toBe(true);
  for (const words of ['Әмиянға түсті', 'Зачислено', '20 500', summary.terminal, 'QYZYL:']) {
    expect(summary.receipt.text).toContain(words);
  }
  // The whole number of the wallet is nobody's business on paper.
  expect(summary.receipt.text).not.toMatch(/701\D*000\D*00\D*01/);
  expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
}, 60_000);

/** `ownLetters`: the slip was printed in the printer's letters, the others drew every line as a picture. */
test.each([
  { profile: 'epson-tm-m30', ownLetters: true },
  { profile: 'custom-vkp80iii', ownLetters: false },
  { profile: 'generic-raster', ownLetters: false },
])(
  'the same on $profile',
  async ({ profile, ownLetters }) => {
    const png = join(folder, `${profile}.png`);
    const words = ['cli/demo.ts', '--json', '--fast', '--notes', '500', '--printer', profile, '--png', png];
    const { stdout } = await run(process.execPath, words);
    const { operation, ledgerCreditedMinor, receipt } = summarySchema.parse(JSON.parse(stdout));
    expect(operation).toMatchObject({ status: 'credited', creditedMinor: 50_000 });
    expect(ledgerCreditedMinor).toBe(50_000);
    expect(receipt.printed).toBe(true);
    expect(receipt.text.includes('Зачислено')).toBe(ownLetters);
  },
  60_000,
);

test('a printer without a profile is named, and which there are', async () => {
  await expect(run(process.execPath, ['cli/demo.ts', '--printer', 'typewriter'])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/no profile "typewriter"; known: .*epson-tm-m30/),
  });
}, 30_000);
