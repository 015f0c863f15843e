import { Delete } from 'lucide-react';
import { useAround } from '../around.ts';
import { LocalButton, PressButton } from './press-button.tsx';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Keys for a wallet number. A full number takes no further digit: the keys stay, and do nothing. */
export function NumberPad() {
  const { words } = useAround();
  return (
    <div className="pad">
      {keys.map((digit) => (
        <Digit key={digit} digit={digit} />
      ))}
      <PressButton action="clear" className="pad-key pad-word" size="key">
        {words('button.clear')}
      </PressButton>
      <Digit digit="0" />
      <PressButton
        action="delete-digit"
        className="pad-key pad-word"
        size="key"
        label={words('aria.deleteDigit')}
      >
        <Delete aria-hidden="true" />
      </PressButton>
    </div>
  );
}

function Digit({ digit }: { readonly digit: string }) {
  return (
    <PressButton action="digit" value={digit} className="pad-key" size="key" isKept>
      {digit}
    </PressButton>
  );
}

interface AmountPadProps {
  readonly onDigit: (digit: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** The same keys for an amount that this page keeps to itself until it is done. */
export function AmountPad({ onDigit, onDelete, onClear }: AmountPadProps) {
  const { words } = useAround();
  return (
    <div className="pad">
      {[...keys, 'clear', '0', 'delete'].map((key) =>
        key === 'clear' ? (
          <LocalButton key={key} name={key} onPress={onClear} className="pad-key pad-word" size="key">
            {words('button.clear')}
          </LocalButton>
        ) : key === 'delete' ? (
          <LocalButton
            key={key}
            name={key}
            onPress={onDelete}
            className="pad-key pad-word"
            size="key"
            label={words('aria.deleteDigit')}
          >
            <Delete aria-hidden="true" />
          </LocalButton>
        ) : (
          <LocalButton key={key} name={key} onPress={() => onDigit(key)} className="pad-key" size="key">
            {key}
          </LocalButton>
        ),
      )}
    </div>
  );
}
