import type { Mouth } from '../components/note-slot.tsx';
import type { Key, Words } from '../i18n.ts';
import type { ScreenProps } from './screen-props.ts';

type CashScreen = ScreenProps<'cash'>['screen'];

export interface Saying {
  readonly title: string;
  readonly hint?: string;
  readonly isFault?: boolean;
}

export function mouthOf(screen: CashScreen): Mouth {
  if (screen.note !== 'none') return screen.note;
  const takesAny = screen.denominations.some((kind) => kind.fits);
  return screen.isAcceptorOpen && takesAny ? 'open' : 'shut';
}

/** From here on another side of the same note will not help. */
const anotherNoteFrom = 2;

/** What stands beside the picture of the slot, the most urgent first. */
export function sayingOf(screen: CashScreen, words: Words): Saying {
  const { note, comingBack, stopped } = screen;
  if (note === 'in-mouth' || note === 'coming-back') {
    return { title: words('fault.takeNoteBack'), ...reasonOf(screen, words), isFault: true };
  }
  if (note === 'reading') return { title: words('hint.noteReading') };
  if (stopped !== undefined) return { title: words('fault.intakeStopped'), isFault: true };
  if (screen.denominations.every((kind) => !kind.fits)) return { title: words('hint.limitReached') };
  if (comingBack !== undefined) {
    return { title: words('title.insert'), ...reasonOf(screen, words), isFault: true };
  }
  if (screen.nudged) return { title: words('title.insert'), hint: words('hint.pressPay') };
  return {
    title: words('title.insert'),
    hint: words(screen.insertedMinor === 0 ? 'hint.noCancel' : 'hint.noChange'),
  };
}

function reasonOf({ comingBack, comingBackCount }: CashScreen, words: Words): { readonly hint?: string } {
  if (comingBack === undefined) return {};
  if (comingBack === 'unreadable') {
    return { hint: words(comingBackCount < anotherNoteFrom ? 'hint.noteFlatten' : 'hint.noteAnother') };
  }
  return { hint: words(reasons[comingBack]) };
}

const reasons: Readonly<Record<Exclude<CashScreen['comingBack'], 'unreadable' | undefined>, Key>> = {
  'kind-not-accepted': 'hint.noteKind',
  'over-limit': 'hint.noteTooLarge',
  'not-now': 'hint.noteNotNow',
};
