import type { ReactNode } from 'react';
import type { DockCommand } from '../../contract.ts';
import { useHands } from '../hands.ts';

interface DoProps {
  readonly command: DockCommand;
  readonly disabled?: boolean;
  readonly tone?: 'plain' | 'danger' | 'mend';
  readonly children: ReactNode;
}

/** A button that does one thing to the world. */
export function Do({ command, disabled = false, tone = 'plain', children }: DoProps) {
  const obey = useHands();
  return (
    <button type="button" className="do" data-tone={tone} disabled={disabled} onClick={() => obey(command)}>
      {children}
    </button>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  /** What switching it on and off does. */
  readonly on: DockCommand;
  readonly off: DockCommand;
  readonly tag?: string | undefined;
}

/** A state of trouble that lasts until it is switched off. */
export function Switch({ label, hint, isOn, on, off, tag }: SwitchProps) {
  const obey = useHands();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      className="switch"
      onClick={() => obey(isOn ? off : on)}
    >
      <span className="switch-words">
        <b>{label}</b>
        {hint !== undefined && <small>{hint}</small>}
        {tag !== undefined && <em>{tag}</em>}
      </span>
      <span className="switch-knob" aria-hidden="true" />
    </button>
  );
}

interface TabsProps<Name extends string> {
  readonly label: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  /** Tabs behind which something is wrong just now. */
  readonly marked?: ReadonlySet<Name>;
}

export function Tabs<Name extends string>({ label, names, chosen, onChoose, marked }: TabsProps<Name>) {
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          data-marked={marked?.has(name) || undefined}
          onClick={() => onChoose(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
