import type { ReceiptDocument, ReceiptLine } from '../devices.ts';
import type { StaffId } from '../staff/staff.ts';
import { formatDateTime, formatOffset } from './format.ts';
import type { ReceiptLanguages, ReceiptTerminal, Words } from './receipt-data.ts';
import { writerFor } from './writer.ts';

/* What a technician prints to see whether a printer sets everything that a receipt needs. It ends, as all do, with a cut. */

export interface TestPage {
  readonly terminal: ReceiptTerminal;
  readonly technician: StaffId;
  /** Wall clock. */
  readonly atMs: number;
}

/** All letters of the Kazakh alphabet: a code page that lacks one shows it here. */
const kazakhAlphabet = [
  'АаӘәБбВвГгҒғДдЕеЁёЖжЗзИи',
  'ЙйКкҚқЛлМмНнҢңОоӨөПпРрСс',
  'ТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъ',
  'ЫыІіЬьЭэЮюЯя',
] as const;

export function testPage(page: TestPage, languages: ReceiptLanguages, words: Words): ReceiptDocument {
  const { terminal, technician, atMs } = page;
  const write = writerFor(languages, words);
  const line = (text: string, style: 'small' | 'normal' | 'strong' | 'large' = 'normal'): ReceiptLine => ({
    ...{ kind: 'text', text, style, align: 'centre' },
  });
  const time = `${formatDateTime(atMs, terminal.utcOffsetMinutes)} ${formatOffset(terminal.utcOffsetMinutes)}`;
  return {
    lines: [
      { kind: 'banner', text: write.together('test.title') },
      line(write.together('label.terminal', { n: terminal.number }), 'small'),
      write.pair('label.time', time),
      write.pair('role.technician', technician, 'strong'),
      { kind: 'rule' },
      ...kazakhAlphabet.map((letters) => line(letters)),
      line('0123456789 ₸ № « » — × %', 'strong'),
      line('20 000 ₸', 'large'),
      { kind: 'rule' },
      ...write.sentence('test.look'),
      { kind: 'qr', data: `QYZYL TEST ${terminal.number}` },
      { kind: 'space' },
    ],
  };
}
