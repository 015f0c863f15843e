import { Check, Phone } from 'lucide-react';
import { useAround } from '../around.ts';
import { Facts } from '../components/facts.tsx';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import { ReceiptSlot } from '../components/receipt-slot.tsx';
import { Sign } from '../components/sign.tsx';
import { dateTime, money } from '../format.ts';
import { usePrompt } from '../speech.ts';
import { endOf } from './result-words.ts';
import type { ScreenProps } from './screen-props.ts';

/** What became of a payment: the same three signs as at its end; state, time and amount, and nothing of anybody. */
export function Found({ screen }: ScreenProps<'found'>) {
  const { words, frame } = useAround();
  const end = endOf(screen, words);
  usePrompt({ language: frame.language, text: end.spoken }, frame.easyMode);
  return (
    <Layout
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
          <Facts facts={[{ label: words('label.time'), value: dateTime(screen.closedAtMs), isMain: true }]} />
        </div>
      }
      act={
        screen.print !== 'none' ? (
          <ReceiptSlot print={screen.print} />
        ) : (
          <PressButton action="print-copy" className="second second-two-lines">
            <span>{words('button.printCopy')}</span>
            <small>{words('hint.copyOnce')}</small>
          </PressButton>
        )
      }
      primary={
        <Primary action="done" icon={<Check aria-hidden="true" />}>
          {words('button.done')}
        </Primary>
      }
    />
  );
}
