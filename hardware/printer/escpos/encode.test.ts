import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ReceiptDocument, ReceiptLine } from '../../../terminal/devices.ts';
import { createBitmap } from '../raster/bitmap.ts';
import { glyphOf } from '../raster/glyphs.ts';
import { encodeKz1048 } from './code-page.ts';
import { encodeDocument } from './encode.ts';
import { concat } from './native-text.ts';
import { type EscposProfile, escposProfileFor, escposProfiles } from './profile.ts';

const kz1048: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/escpos.json', import.meta.url), 'utf8'),
).kz1048;

const kazakhLetters = [...'ӘәҒғҚқҢңӨөҰұҮүҺһІі'];
const profiles = Object.values(escposProfiles);
const epson = escposProfiles['epson-tm-t88vi'];
const generic = escposProfiles['generic-raster'];

function text(words: string, style: 'normal' | 'small' | 'strong' | 'large' = 'normal'): ReceiptLine {
  return { kind: 'text', text: words, style, align: 'left' };
}

function bytesOf(lines: readonly ReceiptLine[], profile: EscposProfile): Uint8Array {
  const document: ReceiptDocument = { lines };
  return concat(encodeDocument(document, profile, 7).commands);
}

function hexOf(lines: readonly ReceiptLine[], profile: EscposProfile): string {
  return Buffer.from(bytesOf(lines, profile)).toString('hex');
}

describe('Kazakh letters', () => {
  test.each(Object.entries(kz1048))('%s is %s on page KZ-1048', (letter, hex) => {
    expect(Buffer.from(encodeKz1048(letter) ?? []).toString('hex')).toBe(hex);
  });

  test.each(profiles.map((profile) => profile.name))(
    'each prints differently on %s, and none as a box',
    (name) => {
      const slips = [...kazakhLetters, '\uffff'].map((letter) => hexOf([text(letter)], escposProfiles[name]));
      expect(new Set(slips).size).toBe(kazakhLetters.length + 1);
    },
  );

  test('are in the receipt font, with the signs a slip needs', () => {
    const box = Buffer.from(glyphOf({ weight: 'medium', sizeDots: 26 }, '\uffff').picture.bytes).toString(
      'hex',
    );
    for (const weight of ['medium', 'bold', 'black'] as const) {
      for (const letter of [...kazakhLetters, ...'₸№•×«»ЁёЙй']) {
        const { picture } = glyphOf({ weight, sizeDots: 26 }, letter);
        const drawn = Buffer.from(picture.bytes).toString('hex');
        expect(drawn, letter).not.toBe(box);
        expect(picture.bytes, letter).not.toEqual(createBitmap(picture.widthDots, picture.heightDots).bytes);
      }
    }
  });

  test('never become a question mark: a line with a letter the page lacks goes as a picture', () => {
    const questionMark = Buffer.from('?').toString('hex');
    expect(hexOf([text('Жүйе ✓')], epson)).toContain('1d763000');
    expect(hexOf([text('Жүйе')], epson)).not.toContain('1d763000');
    expect(hexOf([text('Жүйе')], epson)).not.toContain(questionMark);
  });

  test('stand beside signs that are spelt out where a page has none', () => {
    expect(encodeKz1048('7\u00a0000\u00a0₸ × 2')).toEqual(encodeKz1048('7 000 тг x 2'));
  });
});

describe('a whole job', () => {
  test('in native letters, byte by byte', () => {
    const lines: ReceiptLine[] = [
      text('Әли', 'strong'),
      { kind: 'pair', label: 'Сома', labelBelow: 'Sum', value: '7\u00a0000\u00a0₸', style: 'normal' },
    ];
    const sum = `d1eeece0${'20'.repeat(42 - 4 - 8)}3720303030${'20'}f2e3`;
    expect(hexOf(lines, epson)).toBe(
      [
        '1b40 1c2e 1d610e', // initialise, leave Kanji, automatic status on
        '1b7435 1b2108 a3ebe8 0a 1b2100',
        `1b7435 1b2100 ${sum} 0a 1b2100`,
        `1b7435 1b2101 53756d 0a 1b2100`,
        '1d2848060030303030 3770', // process id "007p"
        '1d564200',
        '1d2848060030303030 3763', // process id "007c"
      ]
        .join('')
        .replaceAll(' ', ''),
    );
  });

  test('as a picture: a rule is two full rows between feeds', () => {
    const hex = hexOf([{ kind: 'rule' }], generic);
    expect(hex).toBe(
      `1b40 1d610e 1b4a0e 1d763000 4800 0200 ${'ff'.repeat(144)} 1b4a0c 1d564200 1d7201`.replaceAll(' ', ''),
    );
  });

  test('wraps what does not fit rather than letting the printer cut words', () => {
    const long = 'Қоңырау шалып операция нөмірін айтыңыз және чекті сақтаңыз';
    const printed = bytesOf([text(long)], epson);
    const lines = Buffer.from(printed).toString('latin1').split('\n').length - 1;
    expect(lines).toBe(2);
  });

  test('puts the value on its own line where it does not fit beside its label', () => {
    const label = 'Фискалдық деректер операторының атауы';
    const native = Buffer.from(
      bytesOf([{ kind: 'pair', label, value: 'Казахтелеком', style: 'normal' }], epson),
    ).toString('latin1');
    expect(native.split('\n').length - 1).toBe(2);
  });

  test('sends QR data as the printer wants it, or as a picture', () => {
    const qr: ReceiptLine = { kind: 'qr', data: 'A' };
    expect(hexOf([qr], epson)).toContain('1d286b0400315030411d286b0300315130');
    expect(hexOf([qr], generic)).not.toContain('1d286b');
  });
});

describe('whatever is printed', () => {
  const everyKind: ReceiptLine[] = [
    { kind: 'banner', text: 'КӨШІРМЕ' },
    { kind: 'headline', sign: 'credited', text: '7\u00a0000\u00a0₸', below: ['Әмиянға түсті'] },
    { kind: 'headline', sign: 'accepted', text: '500\u00a0000\u00a0₸', below: ['Қабылданды'] },
    { kind: 'headline', sign: 'needs-help', text: 'Көмек қажет', below: [] },
    { kind: 'rule' },
    text('Small', 'small'),
    text('Large', 'large'),
    { kind: 'qr', data: 'https://ofd.example/t=1' },
  ];

  test.each(profiles.map((profile) => profile.name))(
    'no command of a job for %s holds a real-time command',
    (name) => {
      const bytes = [...bytesOf(everyKind, escposProfiles[name])];
      const pairs = bytes.map((byte, at) => byte * 256 + (bytes[at + 1] ?? 0));
      expect(pairs.filter((pair) => [0x1004, 0x1005, 0x1014].includes(pair))).toEqual([]);
    },
  );
});

describe('a slip byte for byte', () => {
  test('on the TM-m30: page 53, and proof asked for before and after the cut', () => {
    const expected = [
      '1b40 1c2e 1d610e',
      '1b7435 1b2100 8d70 0a 1b2100',
      '1d284806003030 30303770',
      '1d564200',
      '1d284806003030 30303763',
    ];
    expect(hexOf([text('Қp')], escposProfiles['epson-tm-m30'])).toBe(expected.join('').replaceAll(' ', ''));
  });

  test('on the Custom: a picture from the first letter on, then feed, cut, and 45 s in the output', () => {
    const hex = hexOf([text('Қp')], escposProfileFor('custom-vkp80iii', 45));
    expect(hex).toMatch(/^1b40(1b4a..)?1d763000/);
    expect(hex).toMatch(/1b4a781b691c501001522d$/);
  });
});
