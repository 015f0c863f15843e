import { BanknoteX, Phone } from 'lucide-react';
import { useAround } from '../around.ts';
import { OrnamentBand } from '../components/ornament.tsx';
import { type Key, languageTags, wordsOf } from '../i18n.ts';
import type { ScreenProps } from './screen-props.ts';

/** In words that a passer-by can use; the technician finds the code in service mode. */
const reasons: Readonly<Record<ScreenProps<'out-of-service'>['screen']['reason'], Key>> = {
  storage: 'hint.outTechnical',
  clock: 'hint.outTechnical',
  'crash-loop': 'hint.outTechnical',
  ledger: 'hint.outTechnical',
  'answers-wrong': 'hint.outTechnical',
  'service-mode': 'hint.outTechnical',
  closed: 'hint.outTechnical',
  'acceptor-absent': 'hint.outAcceptor',
  'acceptor-fault': 'hint.outAcceptor',
  cassette: 'hint.outCassette',
  collection: 'hint.outCollection',
};

export function OutOfService({ screen }: ScreenProps<'out-of-service'>) {
  const { frame } = useAround();
  return (
    <div className="layout closed">
      <section className="story">
        <BanknoteX className="closed-sign" aria-hidden="true" strokeWidth={1.25} />
        <ul className="closed-list">
          {frame.languages.map((language) => {
            const words = wordsOf(language);
            return (
              <li key={language} lang={languageTags[language]}>
                <h1>{words('title.outOfService')}</h1>
                <p>
                  <b>{words('hint.doNotInsert')}.</b> {words(reasons[screen.reason])}
                </p>
              </li>
            );
          })}
        </ul>
      </section>
      <div className="home-band">
        <OrnamentBand id="horns-closed" />
      </div>
      <p className="closed-phone">
        <Phone aria-hidden="true" />
        <b>{frame.supportPhone}</b>
      </p>
    </div>
  );
}
