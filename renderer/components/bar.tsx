import { Accessibility, ChevronLeft, CircleHelp, Clock3, Languages, ReceiptText, X } from 'lucide-react';
import { useAround } from '../around.ts';
import { PressButton } from './press-button.tsx';

/** The same four at the same places on every screen; the way back stands first or its place is empty. */
export function Bar() {
  const { words, frame } = useAround();
  return (
    <nav className="bar">
      <div className="bar-place">
        <PressButton action="back" className="bar-button">
          <ChevronLeft aria-hidden="true" />
          <span>{words('button.back')}</span>
        </PressButton>
        <PressButton action="check-payment" className="bar-button">
          <ReceiptText aria-hidden="true" />
          <span>{words('button.checkPayment')}</span>
        </PressButton>
        <PressButton action="cancel" className="bar-button">
          <X aria-hidden="true" />
          <span>{words('button.cancel')}</span>
        </PressButton>
      </div>
      <PressButton action="open-languages" className="bar-button">
        <Languages aria-hidden="true" />
        <span>{words('button.language')}</span>
      </PressButton>
      <PressButton action="open-help" className="bar-button">
        <CircleHelp aria-hidden="true" />
        <span>{words('button.help')}</span>
      </PressButton>
      <PressButton action="easy-mode" className="bar-button" isSelected={frame.easyMode}>
        <Accessibility aria-hidden="true" />
        <span>{words('button.easyMode')}</span>
      </PressButton>
      <PressButton action="more-time" className="bar-button bar-time" isSelected={frame.moreTime}>
        <Clock3 aria-hidden="true" />
        <span>{words('button.moreTime')}</span>
      </PressButton>
    </nav>
  );
}
