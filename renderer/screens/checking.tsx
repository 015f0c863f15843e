import { WalletMinimal } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';

export function Checking() {
  const { words } = useAround();
  return (
    <Layout
      step="check"
      story={
        <div className="middle">
          <div className="waiting" aria-hidden="true">
            <WalletMinimal strokeWidth={1.5} />
          </div>
          <Heading title={words('title.checking')} />
        </div>
      }
    />
  );
}
