import { Delete } from 'lucide-react';
import { PressButton } from '../components/press-button.tsx';

/** Where nothing secret is typed. */
export const inOrder = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

interface ShuffledPadProps {
  /** Ten digits; the last stands alone in the middle of the lowest row. */
  readonly order: readonly string[];
  readonly deleteLabel: string;
}

/** Keys in the order that the terminal has drawn: worn keys and watching eyes tell nothing. */
export function ShuffledPad({ order, deleteLabel }: ShuffledPadProps) {
  return (
    <div className="pad">
      {order.slice(0, -1).map((digit) => (
        <Digit key={digit} digit={digit} />
      ))}
      <span />
      {order.slice(-1).map((digit) => (
        <Digit key={digit} digit={digit} />
      ))}
      <PressButton action="staff-delete" className="pad-key pad-word" size="key" label={deleteLabel} isKept>
        <Delete aria-hidden="true" />
      </PressButton>
    </div>
  );
}

function Digit({ digit }: { readonly digit: string }) {
  return (
    <PressButton action="staff-digit" value={digit} className="pad-key" size="key" isKept>
      {digit}
    </PressButton>
  );
}
