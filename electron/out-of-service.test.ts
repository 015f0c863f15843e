import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import { outOfServiceText } from './out-of-service.ts';

let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qyzyl-out-'));
  path = join(folder, 'settings.json');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function viewFor(settings: string): ScreenView {
  writeFileSync(path, settings);
  const decoded = decodeDown(outOfServiceText(path));
  if (decoded.kind === 'refused') throw new Error(`the page would refuse this: ${decoded.why}`);
  expect(decoded.message.view).toMatchObject({ screen: { kind: 'out-of-service' }, offers: [] });
  return decoded.message.view;
}

test('the number to call and the panel come from the settings, faulty as they may be elsewhere', () => {
  const { frame } = viewFor(
    JSON.stringify({
      terminal: { number: '00000042', supportPhone: '+7 727 000 00 00' },
      screen: { pixelsPerMm: 5.5 },
      acceptor: 'broken',
    }),
  );
  expect(frame).toMatchObject({
    terminalNumber: '00000042',
    supportPhone: '+7 727 000 00 00',
    panel: { pixelsPerMm: 5.5, noteSlot: 'below' },
  });
});

test('whatever stands in the file, the page gets a screen it can show', () => {
  const settings = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ terminal: fc.anything(), screen: fc.anything() }).map((value) => JSON.stringify(value) ?? ''),
  );
  fc.assert(fc.property(settings, (text) => void viewFor(text)));
  expect(decodeDown(outOfServiceText(join(folder, 'missing.json'))).kind).toBe('message');
});
