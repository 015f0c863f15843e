import { Pointer } from 'lucide-react';
import { useAround } from '../around.ts';
import { AcceptedNotes, allFit } from '../components/accepted-notes.tsx';
import { GlowingIcon } from '../components/glowing-icon.tsx';
import { OrnamentBand } from '../components/ornament.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import { languageNames, languageTags, wordsOf } from '../i18n.ts';
import type { ScreenProps } from './screen-props.ts';

/** Home: it calls, and four buttons each begin the visit in a language. */
export function Attract({ screen }: ScreenProps<'attract'>) {
  const { words, frame } = useAround();
  return (
    <div className="layout home">
      <section className="story home-hero">
        <GlowingIcon />
        <div className="home-words">
          <h1>{words('title.topUp')}</h1>
          <p className="home-free">{words('label.noCommission')}</p>
        </div>
      </section>
      <div className="home-band">
        <OrnamentBand id="horns-home" />
      </div>
      <section className="act home-act">
        <div className="home-languages">
          {frame.languages.map((language) => (
            <PressButton key={language} action="start" value={language} className="home-language">
              <span lang={languageTags[language]}>
                <b>{languageNames[language]}</b>
                <span>{wordsOf(language)('title.topUp')}</span>
              </span>
            </PressButton>
          ))}
        </div>
        <AcceptedNotes notes={allFit(screen.denominations)} />
      </section>
      <div className="primary-place">
        <Primary action="start" value={frame.language} icon={<Pointer aria-hidden="true" />}>
          {words('button.start')}
        </Primary>
      </div>
    </div>
  );
}
