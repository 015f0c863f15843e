import { useAround } from '../around.ts';
import type { Key } from '../i18n.ts';
import { usePrompt } from '../speech.ts';
import { Chevrons } from './chevrons.tsx';

/** What the mouth of the acceptor does now. */
export type Mouth = 'open' | 'shut' | 'reading' | 'coming-back' | 'in-mouth';

interface NoteSlotProps {
  readonly mouth: Mouth;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly isFault?: boolean;
  /** The picture says what the whole screen is about. */
  readonly isHeading?: boolean;
}

const captions = {
  below: 'hint.slotBelow',
  left: 'hint.slotLeft',
  right: 'hint.slotRight',
} as const satisfies Record<string, Key>;

/** A picture of the real slot: what to do with a note, what it is doing, and where the slot is. */
export function NoteSlot({ mouth, title, hint, isFault = false, isHeading = false }: NoteSlotProps) {
  const { words, frame } = useAround();
  const { noteSlot } = frame.panel;
  const Title = isHeading ? 'h1' : 'p';
  usePrompt({ language: frame.language, text: title }, frame.easyMode);
  return (
    <div className="machine" data-mouth={mouth} data-fault={isFault || undefined}>
      <div className="machine-words" role="status">
        <Title className="machine-title">{title}</Title>
        {hint !== undefined && <p className="machine-hint">{hint}</p>}
      </div>
      <div className="bezel" aria-hidden="true">
        <span className="bezel-slot">
          <span className="bezel-light" />
        </span>
        <span className="bezel-throat">
          <span className="paper-note">
            <span>₸</span>
          </span>
        </span>
      </div>
      <p className="machine-where" data-toward={noteSlot}>
        <Chevrons toward={noteSlot} />
        <span>{words(captions[noteSlot])}</span>
      </p>
    </div>
  );
}
