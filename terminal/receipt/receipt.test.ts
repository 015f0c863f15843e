import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../devices.ts';
import type { Language } from '../facts.ts';
import { minorFromTenge } from '../money.ts';
import { operationNumber } from '../operation-number.ts';
import { receiptDocument } from './receipt.ts';
import type { ReceiptData, ReceiptLanguages, ReceiptNote, Words } from './receipt-data.ts';

const words: Words = (language, key, values = {}) => {
  const locale: Record<string, string> = JSON.parse(
    readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'),
  );
  const text = locale[key];
  if (text === undefined) throw new Error(`${language} has no ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{${name}}`);
};

const fiveThousand: ReceiptNote = { valueMinor: minorFromTenge(5_000), state: 'stacked' };
const oneThousand: ReceiptNote = { valueMinor: minorFromTenge(1_000), state: 'stacked' };
const doubtfulTenThousand: ReceiptNote = { valueMinor: minorFromTenge(10_000), state: 'unknown' };

const credited: ReceiptData = {
  terminal: {
    number: '00417',
    address: 'Алматы қ., Абай даңғылы, 10',
    operatorName: '«Қызыл төлем» ЖШС',
    operatorBin: '990440000123',
    supportPhone: '8 800 080 00 00',
    utcOffsetMinutes: 300,
  },
  operationNumber: operationNumber(2_734_411),
  closedAtMs: Date.UTC(2026, 10, 22, 20, 3),
  walletMasked: '+7 701 ••• •• 67',
  holderMasked: 'Айгүл С.',
  notes: [oneThousand, fiveThousand, oneThousand],
  result: { kind: 'credited' },
  journal: { sequence: 184_223, head: '9f3c21ab77d0aa55' },
  copy: false,
  fiscal: undefined,
};
const accepted: ReceiptData = { ...credited, result: { kind: 'accepted', byMs: undefined } };
const needsHelp: ReceiptData = {
  ...credited,
  notes: [oneThousand, { ...fiveThousand, state: 'returned' }, doubtfulTenThousand],
  result: { kind: 'needs-help', claimNumber: '4471-20' },
};

function linesOf(data: ReceiptData, languages: ReceiptLanguages): readonly ReceiptLine[] {
  return receiptDocument(data, languages, words).lines;
}

/** Every text on the slip; no-break spaces as plain ones. */
function textOf(data: ReceiptData, ...languages: ReceiptLanguages): string {
  return JSON.stringify(linesOf(data, languages)).replaceAll('\u00a0', ' ');
}

function valueAt(data: ReceiptData, label: string): string | undefined {
  const pair = linesOf(data, ['en']).find((line) => line.kind === 'pair' && line.label === label);
  return pair?.kind === 'pair' ? pair.value.replaceAll('\u00a0', ' ') : undefined;
}

function signOf(data: ReceiptData): string | undefined {
  const headline = linesOf(data, ['en']).find((line) => line.kind === 'headline');
  return headline?.kind === 'headline' ? headline.sign : undefined;
}

describe('a slip', () => {
  test('says all that trade practice and the law want on it', () => {
    const text = textOf(credited, 'en');
    for (const part of [
      '«Қызыл төлем» ЖШС',
      'BIN 990440000123',
      'Terminal No. 00417',
      'Алматы қ., Абай даңғылы, 10',
      'Top up wallet',
      '0027 344 115',
      '+7 701 ••• •• 67',
      'Айгүл С.',
      '8 800 080 00 00',
      '184223 9f3c 21ab 77d0',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('shows the time of the terminal, not of Greenwich, and names it', () => {
    expect(valueAt(credited, 'Date and time')).toBe('23.11.2026 01:03 UTC+5');
  });

  test('counts the notes by value, largest first, and charges nothing', () => {
    const counted = linesOf(credited, ['en']).filter(
      (line) => line.kind === 'pair' && line.style === 'small',
    );
    expect(counted.map((line) => line.kind === 'pair' && line.label.replaceAll('\u00a0', ' '))).toEqual([
      '5 000 ₸ × 1',
      '1 000 ₸ × 2',
    ]);
    expect(valueAt(credited, 'Inserted')).toBe('7 000 ₸');
    expect(valueAt(credited, 'Commission')).toBe('0 ₸');
    expect(valueAt(credited, 'Credited')).toBe('7 000 ₸');
  });

  test('is marked as a copy above and below, in every language of the slip', () => {
    const banners = linesOf({ ...credited, copy: true }, ['kk', 'ru']).filter(
      (line) => line.kind === 'banner',
    );
    expect(banners).toEqual([
      { kind: 'banner', text: 'КӨШІРМЕ / КОПИЯ' },
      { kind: 'banner', text: 'КӨШІРМЕ / КОПИЯ' },
    ]);
    expect(linesOf(credited, ['kk', 'ru']).some((line) => line.kind === 'banner')).toBe(false);
  });

  test('carries the cash register block only where there is one', () => {
    const fiscal = {
      registrationNumber: '010203040506',
      factoryNumber: 'SWK00031812',
      fiscalSign: '2045873311',
      fiscalDataOperator: 'Казахтелеком',
      checkUrl: 'https://ofd.example/t=1',
    };
    expect(linesOf({ ...credited, fiscal }, ['en'])).toContainEqual({ kind: 'qr', data: fiscal.checkUrl });
    expect(valueAt({ ...credited, fiscal }, 'Fiscal sign')).toBe('2045873311');
    expect(valueAt(credited, 'Fiscal sign')).toBeUndefined();
    expect(linesOf(credited, ['en'])).not.toContainEqual({ kind: 'qr', data: fiscal.checkUrl });
  });

  test('carries the operation number as a square code, and nothing about who paid', () => {
    const codes = linesOf(credited, ['en']).filter((line) => line.kind === 'qr');
    expect(codes).toEqual([
      { kind: 'qr', data: `QYZYL:${credited.terminal.number}:${credited.operationNumber}` },
    ]);
  });

  test('stands in two languages, the first one leading, without saying the same word twice', () => {
    const pairs = linesOf(credited, ['kk', 'ru']).filter((line) => line.kind === 'pair');
    expect(pairs).toContainEqual(
      expect.objectContaining({ label: 'Әмиян', labelBelow: 'Кошелёк', value: '+7 701 ••• •• 67' }),
    );
    expect(pairs).toContainEqual(expect.objectContaining({ label: 'Комиссия', labelBelow: undefined }));
  });
});

describe('the three honest ends', () => {
  test('have three signs', () => {
    expect([credited, accepted, needsHelp].map(signOf)).toEqual(['credited', 'accepted', 'needs-help']);
  });

  const creditedWords: Record<Language, RegExp> = {
    kk: /түсті/u,
    ru: /Зачислено/u,
    en: /"Credited"/u,
    sw: /Zimeingia/u,
  };
  test.each(['kk', 'ru', 'en', 'sw'] as const)('only the first says "credited" (%s)', (language) => {
    expect(textOf(credited, language)).toMatch(creditedWords[language]);
    expect(textOf(accepted, language)).not.toMatch(creditedWords[language]);
    expect(textOf(needsHelp, language)).not.toMatch(creditedWords[language]);
  });

  test('accepted tells the promised time if a signed answer carried one', () => {
    const byMs = credited.closedAtMs + 30 * 60_000;
    expect(textOf({ ...accepted, result: { kind: 'accepted', byMs } }, 'en')).toContain(
      'In the wallet by 01:33',
    );
    expect(textOf(accepted, 'en')).toContain('Usually credited within 30 minutes');
    const nextDay = { ...accepted, result: { kind: 'accepted', byMs: byMs + 86_400_000 } } as const;
    expect(textOf(nextDay, 'en')).toContain('by 24.11.2026 01:33');
  });

  test('needs help lists each note with its state and keeps the certain sum apart', () => {
    const states = linesOf(needsHelp, ['en']).filter(
      (line) => line.kind === 'pair' && line.style === 'small',
    );
    expect(
      states.map((line) => line.kind === 'pair' && [line.label.replaceAll('\u00a0', ' '), line.value]),
    ).toEqual([
      ['1 000 ₸', 'Recorded'],
      ['5 000 ₸', 'Returned'],
      ['10 000 ₸', 'Being checked'],
    ]);
    expect(valueAt(needsHelp, 'Recorded')).toBe('1 000 ₸');
    expect(valueAt(needsHelp, 'Being checked')).toBe('10 000 ₸');
    expect(valueAt(needsHelp, 'Claim number')).toBe('4471-20');
  });

  test('a doubtful note of unknown value is not left out of the sum in silence', () => {
    const mystery: ReceiptNote = { valueMinor: undefined, state: 'unknown' };
    const data = { ...needsHelp, notes: [doubtfulTenThousand, mystery] };
    expect(valueAt(data, 'Being checked')).toBe('10 000 ₸ + ?');
    expect(valueAt({ ...needsHelp, notes: [mystery] }, 'Being checked')).toBe('?');
    expect(valueAt(data, 'Note, value unknown')).toBe('Being checked');
  });

  test('a slip that hides a doubtful note cannot be made', () => {
    expect(() => receiptDocument({ ...credited, notes: needsHelp.notes }, ['en'], words)).toThrow(
      'a note in doubt makes it a needs-help slip',
    );
  });
});
