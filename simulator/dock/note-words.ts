import { formatMinor, formatMinorBare } from '../../terminal/money.ts';
import type { NoteKind } from '../devices/acceptor/notes.ts';

/** `5 000 ₸`, as a person at the machine would call it. */
export function noteInWords({ valueMinor, currency, condition }: NoteKind): string {
  const note = currency === 'KZT' ? formatMinor(valueMinor) : `${formatMinorBare(valueMinor)} ${currency}`;
  return condition === 'good' ? note : `${condition} ${note}`;
}
