import { useEffect } from 'react';
import { type Language, languageTags } from './i18n.ts';

/** Told for every new headline: a handset, a screen reader or a recorded voice may say it. */
export const promptEvent = 'qyzyl-prompt';

export interface SpokenPrompt {
  readonly language: Language;
  readonly text: string;
}

/** Announces what a screen says first. In easy mode it is also spoken, where the machine has a voice for the language. */
export function usePrompt(prompt: SpokenPrompt, isAloud: boolean): void {
  const { language, text } = prompt;
  useEffect(() => {
    document.dispatchEvent(new CustomEvent<SpokenPrompt>(promptEvent, { detail: { language, text } }));
    if (!isAloud || !('speechSynthesis' in window)) return;
    const voice = speechSynthesis.getVoices().find((candidate) => candidate.lang.startsWith(language));
    if (voice === undefined) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = languageTags[language];
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
    return () => speechSynthesis.cancel();
  }, [language, text, isAloud]);
}
