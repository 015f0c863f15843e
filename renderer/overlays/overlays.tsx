import type { ScreenView } from '../../terminal/contract/messages.ts';
import { Help } from './help.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { StillHere } from './still-here.tsx';

/** What lies over a screen. The question beats everything: it has a clock. */
export function Overlays({ view }: { readonly view: ScreenView }) {
  if (view.question !== undefined) return <StillHere question={view.question} />;
  if (view.overlay === 'help') return <Help />;
  if (view.overlay === 'language') return <LanguageChoice />;
  return null;
}
