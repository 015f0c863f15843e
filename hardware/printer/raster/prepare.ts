import type { ReceiptLine } from '../../../terminal/devices.ts';
import { renderDocument } from './document.ts';
import type { Paper } from './paper.ts';

/*
 * The first slip of a process would take half a second to draw, on the thread that polls the acceptor too. So the letters are
 * drawn beforehand, a few at a time.
 */

const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі';
const latin = 'abcdefghijklmnopqrstuvwxyz';
const signs = '0123456789₸№•×«»“”’.,:;/()+-–—?…';
const everyLetter = [...cyrillic, ...cyrillic.toUpperCase(), ...latin, ...latin.toUpperCase(), ...signs];

/** So many letters are drawn in one go: a few milliseconds. */
const lettersAtOnce = 8;

const prepared = new Set<string>();

/**
 * The work in small pieces, to be done one after the other with pauses; nothing if it has been done for this paper. A
 * printer with letters of its own needs `headlines` only.
 */
export function letterPreparations(paper: Paper, which: 'headlines' | 'all'): (() => void)[] {
  const key = `${paper.dotsPerInch} ${which}`;
  if (prepared.has(key)) return [];
  prepared.add(key);
  const lines: ReceiptLine[] = [
    { kind: 'headline', sign: 'credited', text: '0123456789₸', below: [] },
    { kind: 'headline', sign: 'accepted', text: '₸', below: [] },
    { kind: 'headline', sign: 'needs-help', text: '₸', below: [] },
  ];
  for (let at = 0; which === 'all' && at < everyLetter.length; at += lettersAtOnce) {
    const letters = everyLetter.slice(at, at + lettersAtOnce).join(' ');
    lines.push(
      { kind: 'text', text: letters, style: 'small', align: 'left' },
      { kind: 'text', text: letters, style: 'normal', align: 'left' },
      { kind: 'text', text: letters, style: 'strong', align: 'left' },
      { kind: 'pair', label: '', value: letters, style: 'normal' },
    );
  }
  return lines.map((line) => () => void renderDocument({ lines: [line] }, paper));
}
