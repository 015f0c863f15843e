import type { ReceiptLine, TextStyle } from '../devices.ts';
import type { ReceiptLanguages, Words } from './receipt-data.ts';

/** Sets words in one language, or in two with the first one leading. */
export interface Writer {
  readonly pair: (key: string, value: string, style?: TextStyle) => ReceiptLine;
  /** The sentence in each language: the first leads, the second stands small beneath. */
  readonly sentence: (key: string, values?: Readonly<Record<string, string>>) => ReceiptLine[];
  /** The words in each language. */
  readonly each: (key: string, values?: Readonly<Record<string, string>>) => string[];
  /** The words of all languages on one line. */
  readonly together: (key: string, values?: Readonly<Record<string, string>>) => string;
}

export function writerFor(languages: ReceiptLanguages, words: Words): Writer {
  const [first, second] = languages;
  const each: Writer['each'] = (key, values) => languages.map((language) => words(language, key, values));
  return {
    each,
    together: (key, values) => [...new Set(each(key, values))].join(' / '),
    pair: (key, value, style = 'normal') => {
      const label = words(first, key);
      const below = second === undefined ? label : words(second, key);
      return { kind: 'pair', label, labelBelow: below === label ? undefined : below, value, style };
    },
    sentence: (key, values) =>
      each(key, values).map((text, at) => ({
        kind: 'text',
        text,
        style: at === 0 ? 'normal' : 'small',
        align: 'centre',
      })),
  };
}
