import { Banknote } from 'lucide-react';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import { useServiceWords } from './service-words.ts';

/** A note is on its way: it is placed before anybody opens anything. */
export function TryLater() {
  const words = useServiceWords();
  return (
    <Layout
      story={
        <div className="middle">
          <Banknote className="service-sign" aria-hidden="true" />
          <Heading title={words('title.tryLater')} hint={words('hint.tryLater')} />
        </div>
      }
      primary={
        <PressButton action="staff-stay" className="primary">
          {words('button.stay')}
        </PressButton>
      }
    />
  );
}
