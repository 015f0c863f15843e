import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import ICU from 'i18next-icu';
import type { Language } from '../terminal/facts.ts';
import type { Words } from '../terminal/receipt/receipt-data.ts';

const languages: readonly Language[] = ['kk', 'ru', 'en', 'sw'];

/** All wording, from the locale files. A key that no file has is a mistake, not an empty line on paper. */
export async function loadWords(): Promise<Words> {
  const resources = Object.fromEntries(
    languages.map((language) => [language, { translation: readLocale(language) }]),
  );
  const instance = i18next.createInstance();
  await instance.use(ICU).init({
    resources,
    lng: 'kk',
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
  });
  return (language, key, values) => {
    if (!instance.exists(key, { lng: language })) throw new Error(`no words for ${key} in ${language}`);
    return instance.t(key, { lng: language, ...values });
  };
}

function readLocale(language: Language): Record<string, string> {
  const parts = ['', 'service/'].map((part) => {
    const file = new URL(`../locales/${part}${language}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  });
  return Object.assign({}, ...parts);
}
