/*
 * What the four locale files must keep to. Each rule takes one wording of one string and names what is wrong with it.
 */

export const languages = ['kk', 'ru', 'en', 'sw'] as const;
export type Language = (typeof languages)[number];
export type Rule = (text: string, language: Language, key: string) => string | undefined;

const kazakhLetters = /[әғқңөұүһіӘҒҚҢӨҰҮҺІ]/u;
/** Names and abbreviations that are written in Latin letters in every language. */
const latinAllowed = new Set(['Qyzyl', 'QR', 'SMS', 'PIN', 'USB', 'ID']);
/** The languages' own names are never translated. */
const languageNames = /Қазақша|Русский/gu;

export const spacing: Rule = (text) => {
  if (text !== text.normalize('NFC')) return 'is not in normal form NFC';
  if (/[\u00ad\u200b-\u200f\u2060\ufeff]/u.test(text)) return 'holds an invisible character';
  if (/[ \u00a0]{2}/u.test(text)) return 'has two spaces running';
  if (text !== text.trim()) return 'begins or ends with a space';
  if (text.includes('...')) return 'has three full stops for an ellipsis';
  if (/ - |--/.test(text)) return 'has a hyphen for a dash';
  return undefined;
};

export const oneScriptAWord: Rule = (text) => {
  const mixed = (text.match(/\p{L}+/gu) ?? []).find(
    (word) => /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word),
  );
  return mixed && `mixes scripts in "${mixed}"`;
};

export const ownScript: Rule = (text, language) => {
  if (language === 'en' || language === 'sw') {
    return /\p{Script=Cyrillic}/u.test(text.replace(languageNames, ''))
      ? 'holds Cyrillic letters'
      : undefined;
  }
  const foreign = (text.match(/\p{Script=Latin}+/gu) ?? []).find((word) => !latinAllowed.has(word));
  return foreign && `holds the Latin word "${foreign}"`;
};

export const lookAlikes: Rule = (text, language) => {
  if (language === 'ru' && kazakhLetters.test(text)) return 'holds a Kazakh letter';
  if (language !== 'kk') return undefined;
  const wrong = /[ıəɵθўӯӄӈҕҝҥӷ]|[\u0300-\u036f]/u.exec(text)?.[0];
  return wrong && `holds "${wrong}", which only looks like a Kazakh letter`;
};

export const signs: Rule = (text) => {
  if (/₮|\bT\b/u.test(text)) return 'has another sign in place of ₸';
  if (/[Nn][°º]/u.test(text)) return 'has another sign in place of №';
  if (/\d ₸|\d \d{3}(?!\d)/u.test(text)) return 'has a plain space inside an amount';
  if (text.includes('°')) return 'still has a mark for a native speaker';
  return undefined;
};

export const quotes: Rule = (text, language) => {
  if (/["'`‘„]/u.test(text)) return 'has a straight or foreign quote';
  if ((language === 'kk' || language === 'ru') && /[“”]/u.test(text)) return 'must quote with «»';
  if ((language === 'en' || language === 'sw') && /[«»]/u.test(text)) return 'must quote with “”';
  return undefined;
};

/** Stems, found at the beginning of a word. */
const forbidden: Record<Language, RegExp> = {
  kk: /есепке алынды|тиын|Мақсат|Шектеуге қою|(?<!\p{L})(қате|сәтті|жалған)/iu,
  ru: /успешно|ошибк|к сожалению|внимание!|отклон[её]н|деньги не приняты|фальшив|поддельн|(?<!\p{L})клиент|нажмите на|пожалуйста/iu,
  en: /\b(successful|error|failed|invalid|oops|sorry|counterfeit|fake|click|tap here|bills?)\b/iu,
  sw: /\b(muswada|hundi|mabadiliko|tume|mkoba|kipochi|bofya|kituo|bandia|imeshindwa|saa \{)/iu,
};

export const forbiddenWords: Rule = (text, language) => {
  if (/!(?!\})/.test(text)) return 'raises its voice';
  if (language === 'kk' && /қайтарым(?!\p{L})/iu.test(text)) return 'says «қайтарым», which is also a refund';
  const word = forbidden[language].exec(text)?.[0];
  return word && `says "${word}"`;
};

/** "Credited" in its four forms, future and negative ones included. */
const protectedWord: Record<Language, RegExp> = {
  kk: /түсті|түседі|түскен/iu,
  ru: /зачисл|поступ(ит|ят|ает)/iu,
  en: /credited/iu,
  sw: /zimeingia|zitaingia|ziingie|hazijaingia/iu,
};

/** Sentences that promise or deny; none of them says that it has happened. */
const promisesOrDenies = new Set([
  'hint.noChange',
  'hint.offline',
  'hint.recorded',
  'hint.keepReceipt',
  'label.toBeCredited',
  'receipt.usually',
]);

export const protectedCredited: Rule = (text, language, key) => {
  if (/credited/i.test(key) || promisesOrDenies.has(key)) return undefined;
  const word = protectedWord[language].exec(text)?.[0];
  return word && `says "${word}" although nothing has been credited`;
};

/** Where a Kazakh string may be without a Kazakh letter, because these words are spelt so. */
const plainKazakh = new Set(['button.anyAmount']);
/** Where Kazakh and Russian have the same word. */
const sameInRussian = new Set([
  ...['role.technician', 'role.collector', 'role.auditor', 'device.printer', 'device.screen', 'label.slip'],
  ...['title.collection', 'button.collection', 'slip.collection', 'slip.cassette', 'slip.collector'],
  'label.commission',
  'label.operation',
  'label.terminal',
]);

export const reallyKazakh = (text: string, russian: string, key: string): string | undefined => {
  if (text === russian && !sameInRussian.has(key)) return 'is the Russian text';
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  if (words.length >= 3 && !kazakhLetters.test(text) && !plainKazakh.has(key)) {
    return 'has no Kazakh letter: is it Russian?';
  }
  return undefined;
};

export const rules: readonly Rule[] = [
  spacing,
  oneScriptAWord,
  ownScript,
  lookAlikes,
  signs,
  quotes,
  forbiddenWords,
  protectedCredited,
];
