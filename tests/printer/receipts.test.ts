import { describe, expect, test } from 'vitest';
import { minorFromTenge } from '../../terminal/money.ts';
import { operationNumber } from '../../terminal/operation-number.ts';
import { receiptDocument } from '../../terminal/receipt/receipt.ts';
import type { ReceiptData, ReceiptLanguages } from '../../terminal/receipt/receipt-data.ts';
import { printerBench, profileNames, words } from './printer-bench.ts';

const credited: ReceiptData = {
  terminal: {
    number: '00417',
    address: 'Алматы қ., Абай даңғылы, 10, «Жарық» СО',
    operatorName: '«Қызыл төлем» ЖШС',
    operatorBin: '990440000123',
    supportPhone: '8 800 080 00 00',
    utcOffsetMinutes: 300,
  },
  operationNumber: operationNumber(2_734_411),
  closedAtMs: Date.UTC(2026, 10, 22, 7, 3),
  walletMasked: '+7\u00a0701\u00a0•••\u00a0••\u00a067',
  holderMasked: 'Айгүл С.',
  notes: [{ valueMinor: minorFromTenge(5_000), state: 'stacked' }],
  result: { kind: 'credited' },
  journal: { sequence: 184_223, head: '9f3c21ab77d0aa55' },
  copy: false,
  fiscal: undefined,
};

const ends: Readonly<Record<string, ReceiptData>> = {
  credited,
  accepted: { ...credited, result: { kind: 'accepted', byMs: undefined } },
  'needs help': {
    ...credited,
    notes: [...credited.notes, { valueMinor: undefined, state: 'unknown' }],
    result: { kind: 'needs-help', claimNumber: '4471-20' },
  },
  copy: { ...credited, copy: true },
};
const languageChoices: readonly ReceiptLanguages[] = [['kk', 'ru'], ['kk'], ['ru'], ['en'], ['sw']];
const choices = languageChoices.map((languages) => ({ languages, name: languages.join(' and ') }));

describe.each(profileNames)('on %s', (profile) => {
  test.each(choices)('every end comes out in $name', async ({ languages }) => {
    const { begin, print, printer, slips, refused } = printerBench(profile);
    await begin();
    for (const [end, data] of Object.entries(ends)) {
      const document = receiptDocument(data, languages, words);
      expect(await print(document), end).toEqual({ kind: 'printed' });
      printer.takeTicket();
    }
    expect(slips).toHaveLength(Object.keys(ends).length);
    expect(refused).toEqual([]);
  });
});

test.each(['epson-tm-t88vi', 'epson-tm-m30'] as const)(
  '%s: native letters can be read off, Kazakh ones too',
  async (profile) => {
    const { begin, print, slips } = printerBench(profile);
    await begin();
    await print(receiptDocument(credited, ['kk', 'ru'], words));
    for (const part of [
      '«Қызыл төлем» ЖШС',
      'Күні мен уақыты',
      'Айгүл С.',
      '5 000 тг',
      '0027 344 115',
      '+7 701 ••• •• 67',
    ]) {
      expect(slips.at(-1)?.text).toContain(part);
    }
    expect(slips.at(-1)?.text).not.toContain('?');
  },
);
