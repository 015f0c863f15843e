import { Phone, WalletMinimal } from 'lucide-react';
import { useAround } from '../around.ts';
import { OrnamentBand } from './ornament.tsx';
import { PressButton } from './press-button.tsx';

/** Who this machine is and whom to call: on every screen, in the same place. */
export function Header() {
  const { words, frame } = useAround();
  return (
    <header className="head">
      <PressButton action="staff-knock" className="knock" isHidden>
        {null}
      </PressButton>
      <OrnamentBand id="horns-head" />
      <span className="brand">
        <span className="brand-mark">
          <WalletMinimal aria-hidden="true" />
        </span>
        Qyzyl
      </span>
      {frame.terminalNumber !== '' && (
        <div className="contact">
          <span className="contact-terminal">{words('label.terminal', { n: frame.terminalNumber })}</span>
          <span className="contact-phone">
            <span className="contact-label">{words('label.support')}</span>
            <Phone aria-hidden="true" />
            <b>{frame.supportPhone}</b>
          </span>
        </div>
      )}
    </header>
  );
}
