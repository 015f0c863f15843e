import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { messageParts } from './icu-message.ts';
import {
  forbiddenWords,
  type Language,
  languages,
  lookAlikes,
  oneScriptAWord,
  ownScript,
  protectedCredited,
  quotes,
  reallyKazakh,
  rules,
  signs,
  spacing,
} from './locale-rules.ts';

type Locale = Readonly<Record<string, string>>;

const locales = Object.fromEntries(languages.map((language) => [language, load(language)])) as Record<
  Language,
  Locale
>;
const { kk, ru } = locales;

function load(language: Language): Locale {
  return Object.assign({}, ...['', 'service/'].map((part) => read(part, language)));
}

function read(part: string, language: Language): Locale {
  return JSON.parse(readFileSync(new URL(`../../locales/${part}${language}.json`, import.meta.url), 'utf8'));
}

/** Longest text a place on the screen holds, by what the key begins with. */
const lengthMax: Readonly<Record<string, number>> = {
  button: 24,
  label: 28,
  title: 40,
  hint: 62,
  fault: 62,
  aria: 62,
  role: 16,
  device: 24,
  trouble: 44,
  faultName: 44,
  advice: 84,
};
/** Strings that stand in another place than their key says. */
const lengthMaxOf: Readonly<Record<string, number>> = {
  'fault.takeNoteBack': 40,
  'receipt.copy': 28,
  'status.notThrough': 28,
};
/** The longest thing each placeholder is filled with on a screen. */
const longest: Readonly<Record<string, string>> = {
  amount: '500\u00a0000\u00a0₸',
  time: '23:59',
  n: '00417',
};

const pluralBranches: Record<Language, readonly string[]> = {
  kk: [],
  ru: ['one', 'few', 'many', 'other'],
  en: ['one', 'other'],
  sw: [],
};

function everyWording(): { language: Language; key: string; text: string }[] {
  return languages.flatMap((language) =>
    Object.entries(locales[language]).flatMap(([key, message]) =>
      messageParts(message).wordings.map((text) => ({ language, key, text })),
    ),
  );
}

/** For the rules on letters: `{amount}` is no word of any language. */
function withoutPlaceholders(text: string): string {
  return text.replace(/\{\w+\}/g, '0');
}

describe('the four locale files', () => {
  test.each(languages)('%s has every key, in the same order', (language) => {
    expect(Object.keys(locales[language])).toEqual(Object.keys(kk));
  });

  test.each(languages)('%s fills in the same values', (language) => {
    for (const [key, message] of Object.entries(locales[language])) {
      const names = (text: string) =>
        messageParts(text).placeholders.map((name) => name.replace(':plural', ''));
      expect(names(message), key).toEqual(names(kk[key] ?? ''));
    }
  });

  test.each(languages)('%s has just the plural branches of its language', (language) => {
    for (const [key, message] of Object.entries(locales[language])) {
      const { branches } = messageParts(message);
      if (branches.length > 0) expect(branches, key).toEqual(pluralBranches[language]);
    }
  });

  test('every string keeps to the rules of its language', () => {
    const complaints = everyWording().flatMap(({ language, key, text }) =>
      rules.flatMap((rule) => {
        const wrong = rule(withoutPlaceholders(text), language, key);
        return wrong === undefined ? [] : [`${language} ${key} ${wrong}`];
      }),
    );
    expect(complaints).toEqual([]);
  });

  test('Kazakh strings are Kazakh', () => {
    const complaints = Object.entries(kk).flatMap(([key, text]) => {
      const wrong = reallyKazakh(text, ru[key] ?? '', key);
      return wrong === undefined ? [] : [`${key} ${wrong}`];
    });
    expect(complaints).toEqual([]);
  });

  test('every string fits its place with the largest amount filled in', () => {
    const tooLong = everyWording().flatMap(({ language, key, text }) => {
      const room = lengthMaxOf[key] ?? lengthMax[key.split('.')[0] ?? ''];
      const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => longest[name] ?? name);
      return room !== undefined && [...filled].length > room
        ? [`${language} ${key} ${[...filled].length} > ${room}`]
        : [];
    });
    expect(tooLong).toEqual([]);
  });
});

describe('the rules notice what they are for', () => {
  test.each([
    [spacing, 'кошеле\u0308к', 'ru'],
    [spacing, 'two  spaces', 'en'],
    [spacing, ' ahead', 'en'],
    [spacing, 'wait...', 'en'],
    [spacing, 'soft\u00adhyphen', 'en'],
    [oneScriptAWord, 'Тіл iшінде', 'kk'],
    [ownScript, 'Pay Төлеу', 'en'],
    [ownScript, 'Төлеу Pay', 'kk'],
    [lookAlikes, 'əмиян', 'kk'],
    [lookAlikes, 'Әмиян', 'ru'],
    [signs, '7 000\u00a0₸', 'ru'],
    [signs, '7\u00a0000 ₸', 'ru'],
    [signs, 'Удобный режим°', 'ru'],
    [quotes, "Today's limit", 'en'],
    [quotes, 'Press «Pay»', 'en'],
    [quotes, 'Нажмите “Оплатить”', 'ru'],
    [forbiddenWords, 'Успешно', 'ru'],
    [forbiddenWords, 'Готово!', 'ru'],
    [forbiddenWords, 'Insert a bill', 'en'],
    [forbiddenWords, 'Bofya hapa', 'sw'],
    [forbiddenWords, 'Қате', 'kk'],
    [protectedCredited, '7\u00a0000\u00a0₸ зачислено', 'ru'],
  ] as const)('%o finds fault with "%s" (%s)', (rule, text, language) => {
    expect(rule(text, language, 'title.accepted')).toBeDefined();
  });

  test('Russian left in a Kazakh file is noticed', () => {
    expect(reallyKazakh('Готово', 'Готово', 'button.done')).toBeDefined();
    expect(reallyKazakh('Возьмите скорее чек', 'Возьмите чек', 'hint.takeReceipt')).toBeDefined();
  });

  test('a plural is taken apart into its wordings', () => {
    expect(messageParts('In {n, plural, one {# day} other {# days}} for {amount}')).toEqual({
      placeholders: ['n:plural', 'amount'],
      branches: ['one', 'other'],
      wordings: ['In {n} day for {amount}', 'In {n} days for {amount}'],
    });
  });
});
