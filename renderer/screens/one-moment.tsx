import { useAround } from '../around.ts';
import { GlowingIcon } from '../components/glowing-icon.tsx';
import { OrnamentBand } from '../components/ornament.tsx';
import { languageTags, wordsOf } from '../i18n.ts';

/** The terminal is waking up, or this page has lost it. In all languages: nobody has chosen one. */
export function OneMoment() {
  const { frame } = useAround();
  const [first = 'kk', ...others] = frame.languages;
  return (
    <div className="layout home moment" role="status">
      <section className="story home-hero">
        <GlowingIcon />
        <div className="home-words">
          <h1 lang={languageTags[first]}>{wordsOf(first)('title.oneMoment')}</h1>
          {others.map((language) => (
            <p key={language} lang={languageTags[language]} className="moment-other">
              {wordsOf(language)('title.oneMoment')}
            </p>
          ))}
        </div>
      </section>
      <div className="home-band">
        <OrnamentBand id="horns-moment" />
      </div>
    </div>
  );
}
