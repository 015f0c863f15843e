import type { Fact } from '../components/facts.tsx';
import type { SignKind } from '../components/sign.tsx';
import { dateTime, money, operationNumber, timeFrom } from '../format.ts';
import type { Words } from '../i18n.ts';
import type { ScreenProps } from './screen-props.ts';

type ResultScreen = ScreenProps<'result'>['screen'];

/** A payment at its end, or looked up later. */
type Ended = Pick<ResultScreen, 'result' | 'amountMinor' | 'closedAtMs' | 'print'>;

export interface End {
  readonly sign: SignKind;
  /** One word, as in the payment history. */
  readonly headline: string;
  readonly sentence: string;
  readonly spoken: string;
}

/** The three honest ends. A promise whose time has passed looks like the third: it is not through. */
export function endOf(screen: Ended, words: Words): End {
  const { result } = screen;
  const amount = money(screen.amountMinor);
  switch (result.kind) {
    case 'credited':
      return {
        sign: 'credited',
        headline: words('label.credited'),
        sentence: words('label.noCommission'),
        spoken: words('title.credited', { amount }),
      };
    case 'accepted':
      if (result.late) {
        return {
          sign: 'needs-help',
          headline: words('status.notThrough'),
          sentence: `${words('hint.recorded', { amount })}. ${words('hint.callSupport')}`,
          spoken: words('hint.recorded', { amount }),
        };
      }
      return {
        sign: 'accepted',
        headline: words('receipt.accepted'),
        sentence: promiseOf(screen, result.byMs, words),
        spoken: words('title.accepted', { amount }),
      };
    case 'needs-help':
      return {
        sign: 'needs-help',
        headline: words('title.needsHelp'),
        sentence: `${words('hint.recorded', { amount })}. ${words('hint.callSupport')}`,
        spoken: words('title.needsHelp'),
      };
  }
}

/** A time only where a signed answer carried one. */
function promiseOf(screen: Ended, byMs: number | undefined, words: Words): string {
  const promise =
    byMs === undefined
      ? words('receipt.usually')
      : words('hint.creditedBy', { time: timeFrom(byMs, screen.closedAtMs) });
  const hasPaper = screen.print === 'printing' || screen.print === 'printed';
  return hasPaper ? `${promise}. ${words('hint.keepReceipt')}` : promise;
}

/** The lines of the slip, so that screen and paper can be laid side by side. */
export function factsOf(screen: ResultScreen, words: Words): readonly Fact[] {
  const { result, holderMasked, amountMinor } = screen;
  const doubtful = screen.notes.filter((note) => note.state === 'unknown');
  return [
    { label: words('label.operation'), value: operationNumber(screen.operationNumber), isMain: true },
    ...(result.kind === 'needs-help'
      ? [{ label: words('receipt.claim'), value: result.claimNumber, isMain: true }]
      : []),
    { label: words('label.wallet'), value: screen.walletMasked },
    ...(holderMasked === undefined
      ? []
      : [{ label: words('label.holder'), value: holderMasked, isMinor: true }]),
    ...doubtful.map(({ valueMinor }) => ({
      label: valueMinor === undefined ? words('receipt.noteUnknownValue') : money(valueMinor),
      value: words('receipt.noteUnknown'),
    })),
    { label: words('label.inserted'), value: money(amountMinor), isMinor: true },
    { label: words('label.commission'), value: money(0), isMinor: true },
    {
      label: words(result.kind === 'credited' ? 'label.credited' : 'label.toBeCredited'),
      value: money(amountMinor),
      isMinor: true,
    },
    { label: words('label.time'), value: dateTime(screen.closedAtMs) },
  ];
}
