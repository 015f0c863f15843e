import { WalletMinimal } from 'lucide-react';
import { useAround } from '../around.ts';
import { usePresses } from '../press.tsx';
import { PressButton } from './press-button.tsx';

/** The icon that calls from across the street: white ring, flat red core, glow outside, breathing. */
export function GlowingIcon() {
  const { words } = useAround();
  const picture = (
    <>
      <span className="glow-halo" />
      <span className="glow-core">
        <WalletMinimal aria-hidden="true" strokeWidth={1.5} />
      </span>
    </>
  );
  if (!usePresses().isOffered('start')) return <span className="glow">{picture}</span>;
  return (
    <PressButton action="start" className="glow" label={words('title.topUp')}>
      {picture}
    </PressButton>
  );
}
