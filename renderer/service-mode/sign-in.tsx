import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { NotYet } from '../components/primary.tsx';
import type { PageProps } from './page-props.ts';
import { SecretDots } from './secret-dots.tsx';
import { type ServiceKey, useServiceWords } from './service-words.ts';
import { ShuffledPad } from './shuffled-pad.tsx';
import { useTimeLeft } from './time-left.ts';

/* Who is there? */

const inOrder = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

export function Enrol({ page }: PageProps<'enrol'>) {
  const words = useServiceWords();
  return (
    <Entry
      title={words('title.enrol')}
      hint={words('hint.enrol')}
      entry={{ ...page, order: inOrder }}
      fault={page.isRefused ? 'fault.codeRefused' : undefined}
    />
  );
}

export function SignIn({ page }: PageProps<'sign-in'>) {
  const words = useServiceWords();
  const isPin = page.field === 'pin';
  return (
    <Entry
      title={words(isPin ? 'title.pin' : 'title.staffId')}
      hint={isPin ? page.id : words('hint.noSales')}
      entry={isPin ? page : { ...page, order: inOrder }}
      shown={isPin ? undefined : page.id}
      fault={page.isRefused && page.id === '' ? 'fault.staffRefused' : undefined}
    />
  );
}

export function ChoosePin({ page }: PageProps<'choose-pin'>) {
  const words = useServiceWords();
  const faults = { guessable: 'fault.pinGuessable', differs: 'fault.pinsDiffer' } as const;
  return (
    <Entry
      title={words(page.isAgain ? 'title.newPinAgain' : 'title.newPin')}
      hint={words('hint.newPin')}
      entry={page}
      fault={page.fault === undefined || page.typed > 0 ? undefined : faults[page.fault]}
    />
  );
}

interface EntryProps {
  readonly title: string;
  readonly hint: string;
  readonly entry: {
    readonly typed: number;
    readonly of: number;
    readonly order: readonly string[];
    readonly isChecking: boolean;
    readonly lockedForMs?: number | undefined;
  };
  /** What may be read by whoever stands behind; without it, dots. */
  readonly shown?: string | undefined;
  readonly fault: ServiceKey | undefined;
}

function Entry({ title, hint, entry, shown, fault }: EntryProps) {
  const { words: customerWords } = useAround();
  const words = useServiceWords();
  const lockedFor = useTimeLeft(entry.lockedForMs);
  const left = entry.of - entry.typed;
  return (
    <Layout
      story={
        <>
          <Heading title={title} hint={hint} />
          <SecretDots typed={entry.typed} of={entry.of} shown={shown} label={title} />
          {lockedFor !== undefined ? (
            <Notice kind="fault">{words('fault.locked', { time: lockedFor })}</Notice>
          ) : (
            fault !== undefined && <Notice kind="fault">{words(fault)}</Notice>
          )}
        </>
      }
      act={<ShuffledPad order={entry.order} deleteLabel={customerWords('aria.deleteDigit')} />}
      primary={
        <NotYet>
          {entry.isChecking ? words('hint.pinChecking') : words('hint.digitsLeft', { n: left })}
        </NotYet>
      }
    />
  );
}
