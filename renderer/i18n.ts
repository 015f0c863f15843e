import i18next, { type TFunction } from 'i18next';
import ICU from 'i18next-icu';
import en from '../locales/en.json' with { type: 'json' };
import kk from '../locales/kk.json' with { type: 'json' };
import ru from '../locales/ru.json' with { type: 'json' };
import sw from '../locales/sw.json' with { type: 'json' };
import type { ScreenView } from '../terminal/contract/messages.ts';

export type Language = ScreenView['frame']['language'];
export type Key = keyof typeof kk;
/** The words of one language. Values arrive formatted. */
export type Words = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** Languages are called by their own names, whatever the screen speaks. */
export const languageNames: Readonly<Record<Language, string>> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
  sw: 'Kiswahili',
};

/** BCP 47 tags for the page and for speech. */
export const languageTags: Readonly<Record<Language, string>> = {
  kk: 'kk-KZ',
  ru: 'ru-KZ',
  en: 'en-GB',
  sw: 'sw-KE',
};

const locales: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { kk, ru, en, sw };
let i18n: ReturnType<typeof i18next.createInstance> | undefined;
const fixed = new Map<Language, TFunction>();

/** All four languages are in the bundle: a language button changes the screen at once. */
export async function loadWords(): Promise<void> {
  const instance = i18next.createInstance();
  await instance.use(ICU).init({
    resources: Object.fromEntries(
      Object.entries(locales).map(([language, translation]) => [language, { translation }]),
    ),
    lng: 'kk',
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
  });
  i18n = instance;
  for (const language of Object.keys(locales) as Language[]) {
    fixed.set(language, instance.getFixedT(language));
  }
}

/** Words that come later, with a part of the screen that few people ever see. */
export function addWords(more: Readonly<Record<Language, Readonly<Record<string, string>>>>): void {
  for (const [language, words] of Object.entries(more)) {
    i18n?.addResourceBundle(language, 'translation', words, true);
  }
}

export function wordsOf(language: Language): Words {
  const translate = fixed.get(language);
  if (translate === undefined) throw new Error('the words are loaded before the first view is drawn');
  return (key, values) => unbroken(translate(key, values ?? {}));
}

/** A word with a hyphen (бір-бірден) stays on one line: a word joiner follows each hyphen. */
function unbroken(text: string): string {
  return text.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, '-\u2060');
}
