import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Action } from '../press.tsx';
import { LocalButton, PressButton } from './press-button.tsx';

interface PrimaryProps {
  readonly action: Action;
  readonly value?: string;
  /** Draws attention to itself once. */
  readonly isCalling?: boolean;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** The one red button of a screen. */
export function Primary({ action, value, isCalling = false, icon, children }: PrimaryProps) {
  return (
    <PressButton
      action={action}
      {...(value === undefined ? {} : { value })}
      className={isCalling ? 'primary calling' : 'primary'}
    >
      <span>{children}</span>
      {icon ?? <ArrowRight aria-hidden="true" />}
    </PressButton>
  );
}

/** The red button of a sheet that only this page knows. */
export function LocalPrimary(props: {
  readonly name: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <LocalButton name={props.name} onPress={props.onPress} className="primary">
      <span>{props.children}</span>
      <ArrowRight aria-hidden="true" />
    </LocalButton>
  );
}

/** Stands where the red button will be, and says what it waits for. It is no button. */
export function NotYet({ children }: { readonly children: ReactNode }) {
  return <p className="not-yet">{children}</p>;
}
