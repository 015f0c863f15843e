import { Qr } from '../components/qr.tsx';
import { useServiceWords } from './service-words.ts';

/** A slip that no printer could print, for a phone; there as long as the sums are. */
export function SlipCode({ code }: { readonly code: string }) {
  const words = useServiceWords();
  return (
    <section className="work-card service-slip-code">
      <Qr text={code} />
      <p>{words('hint.photographCode')}</p>
    </section>
  );
}
