import { type PointerEvent, type ReactNode, useState } from 'react';
import { type Action, usePresses } from '../press.tsx';

interface FingerProps {
  readonly className?: string;
  readonly label?: string;
  readonly isSelected?: boolean;
  /** For those who know where it is: not announced, not reached by a keyboard. */
  readonly isHidden?: boolean;
  /** Number keys are struck often and blindly: they are larger than other controls. */
  readonly size?: 'key' | 'control';
  readonly children: ReactNode;
}

/** A button as a finger knows it: it answers the touch at once and acts on release, if the finger is still on it. */
function FingerButton({ onRelease, ...props }: FingerProps & { readonly onRelease: () => void }) {
  const [isDown, setDown] = useState(false);
  const release = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!isDown) return;
    setDown(false);
    const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect();
    const isInside =
      event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (isInside) onRelease();
  };
  return (
    <button
      type="button"
      className={props.className}
      aria-label={props.label}
      aria-hidden={props.isHidden}
      tabIndex={props.isHidden === true ? -1 : undefined}
      aria-pressed={props.isSelected}
      data-target={props.size ?? 'control'}
      data-down={isDown || undefined}
      onPointerDown={(event) => {
        if (!event.isPrimary || event.button !== 0) return;
        // The release is told to this button wherever it happens, so that no press hangs.
        event.currentTarget.setPointerCapture(event.pointerId);
        setDown(true);
      }}
      onPointerUp={release}
      onPointerCancel={() => setDown(false)}
      // A keyboard or a switch "clicks" without a pointer.
      onClick={(event) => {
        if (event.detail === 0) onRelease();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {props.children}
    </button>
  );
}

interface PressButtonProps extends FingerProps {
  readonly action: Action;
  readonly value?: string;
  /** A key keeps its place while it is not offered, so that a pad never falls apart under the hand. */
  readonly isKept?: boolean;
}

/** A button of an offer. Without the offer there is no button. */
export function PressButton({ action, value, isKept = false, ...props }: PressButtonProps) {
  const presses = usePresses();
  if (!isKept && !presses.isOffered(action)) return null;
  return <FingerButton {...props} onRelease={() => presses.press(action, value)} />;
}

/** What a button that is held tells: that a finger lies on it, and that it has gone. */
const holdValues = { held: 'held', letGo: 'let-go' } as const;

/** Works only while a finger lies on it, wherever the finger slides to meanwhile. */
export function HoldButton({ action, ...props }: FingerProps & { readonly action: Action }) {
  const presses = usePresses();
  const [isDown, setDown] = useState(false);
  const letGo = (): void => {
    if (!isDown) return;
    setDown(false);
    presses.press(action, holdValues.letGo);
  };
  if (!presses.isOffered(action)) return null;
  return (
    <button
      type="button"
      className={props.className}
      data-target="control"
      data-down={isDown || undefined}
      onPointerDown={(event) => {
        if (!event.isPrimary || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDown(true);
        presses.press(action, holdValues.held);
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      // A switch cannot hold: the terminal lets go by itself after a while.
      onClick={(event) => {
        if (event.detail === 0) presses.press(action, holdValues.held);
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {props.children}
    </button>
  );
}

interface LocalButtonProps extends FingerProps {
  readonly name: string;
  readonly onPress: () => void;
}

/** A button that the terminal need not hear of. */
export function LocalButton({ name, onPress, ...props }: LocalButtonProps) {
  const presses = usePresses();
  return <FingerButton {...props} onRelease={() => presses.local(name, onPress)} />;
}
