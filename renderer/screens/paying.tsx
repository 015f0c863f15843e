import { Banknote, WalletMinimal } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { ReceiptSlot } from '../components/receipt-slot.tsx';
import { money } from '../format.ts';
import type { ScreenProps } from './screen-props.ts';

/** The money is recorded; the wallet is being told. */
export function Paying({ screen }: ScreenProps<'paying'>) {
  const { words } = useAround();
  return (
    <Layout
      step="receipt"
      story={
        <div className="middle">
          <div className="journey" aria-hidden="true">
            <Banknote strokeWidth={1.5} />
            <i />
            <i />
            <i />
            <WalletMinimal strokeWidth={1.5} />
          </div>
          <Heading title={words('title.paying')} />
          <p className="still-sum">{money(screen.amountMinor)}</p>
        </div>
      }
      act={
        screen.willPrint ? (
          <ReceiptSlot print="printing" title={words('hint.stay')} />
        ) : (
          <ReceiptSlot print="none" title={words('hint.noPaper')} />
        )
      }
    />
  );
}
