import { Check, Phone } from 'lucide-react';
import { useAround } from '../around.ts';
import { Facts } from '../components/facts.tsx';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import { Qr } from '../components/qr.tsx';
import { ReceiptSlot } from '../components/receipt-slot.tsx';
import { Sign } from '../components/sign.tsx';
import { money } from '../format.ts';
import { usePrompt } from '../speech.ts';
import { endOf, factsOf } from './result-words.ts';
import type { ScreenProps } from './screen-props.ts';

/** How it ended: one geometry for the three ends, and the paper to take along. */
export function Result({ screen }: ScreenProps<'result'>) {
  const { words, frame } = useAround();
  const end = endOf(screen, words);
  usePrompt({ language: frame.language, text: end.spoken }, frame.easyMode);
  return (
    <Layout
      step="receipt"
      story={
        <div className="end" data-end={end.sign}>
          <div className="end-head" role="status">
            <Sign kind={end.sign} />
            <div className="end-words">
              <h1>{end.headline}</h1>
              <p className="end-amount">{money(screen.amountMinor)}</p>
              <p className="end-sentence">{end.sentence}</p>
              {end.sign === 'needs-help' && (
                <p className="end-call">
                  <Phone aria-hidden="true" />
                  <b>{frame.supportPhone}</b>
                </p>
              )}
            </div>
          </div>
          <div className="end-slip">
            <Facts facts={factsOf(screen, words)} />
            <Qr text={screen.qr} />
          </div>
        </div>
      }
      act={
        <>
          <ReceiptSlot print={screen.print} />
          <PressButton action="top-up-again" className="second">
            {words('button.topUpAgain')}
          </PressButton>
        </>
      }
      primary={
        <Primary action="done" icon={<Check aria-hidden="true" />}>
          {words('button.done')}
        </Primary>
      }
    />
  );
}
