import { Check, X } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import { languageNames, languageTags, wordsOf } from '../i18n.ts';
import { Sheet } from './sheet.tsx';

export function LanguageChoice() {
  const { words, frame } = useAround();
  return (
    <Sheet
      label={words('button.language')}
      className="sheet"
      primary={
        <Primary action="close-overlay" icon={<X aria-hidden="true" />}>
          {words('button.close')}
        </Primary>
      }
    >
      <Heading title={frame.languages.map((language) => wordsOf(language)('button.language')).join(' · ')} />
      <div className="languages">
        {frame.languages.map((language) => (
          <PressButton
            key={language}
            action="language"
            value={language}
            className="language"
            isSelected={language === frame.language}
          >
            <span lang={languageTags[language]}>{languageNames[language]}</span>
            {language === frame.language && <Check aria-hidden="true" />}
          </PressButton>
        ))}
      </div>
    </Sheet>
  );
}
