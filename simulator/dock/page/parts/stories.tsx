import type { ReactNode } from 'react';
import type { World } from '../../contract.ts';
import { grouped } from '../words.ts';
import { Do } from './controls.tsx';

interface Story {
  readonly title: string;
  readonly steps: (world: World) => ReactNode;
  /** What there is to see, and why it is so. */
  readonly see: string;
}

function BackendSwitch({ world }: { readonly world: World }) {
  const isDead = world.faults.some(({ fault }) => fault.kind === 'drop-before');
  return isDead ? (
    <Do command={{ kind: 'fault-off', fault: 'drop-before' }} tone="mend">
      Revive it
    </Do>
  ) : (
    <Do command={{ kind: 'fault-on', plan: { fault: { kind: 'drop-before' } } }} tone="danger">
      Kill the backend
    </Do>
  );
}

const insert = (tenge: 1_000 | 2_000 | 5_000) => (
  <Do command={{ kind: 'insert', note: { kind: 'tenge', tenge, condition: 'good' } }}>{grouped(tenge)} ₸</Do>
);

export const stories: readonly Story[] = [
  {
    title: 'Top up a wallet',
    steps: () => (
      <>
        On the screen touch <b>English</b> (the icon itself starts in Kazakh), <b>Top up wallet</b>, type{' '}
        <b>701 000 00 01</b>, confirm. When the slot lights up, insert three notes {insert(5_000)}{' '}
        {insert(2_000)} {insert(1_000)} one after the other and press <b>Pay</b>.
      </>
    ),
    see: 'A green circle, a receipt, and Айгүл С. has the money in her wallet. No note was taken before its record could survive a power cut.',
  },
  {
    title: 'Dead backend',
    steps: (world) => (
      <>
        Start a top-up. At the cash screen kill the backend <BackendSwitch world={world} />, insert a note{' '}
        {insert(2_000)}, press <b>Pay</b> and wait ten seconds.
      </>
    ),
    see: 'An honest “accepted”, not “credited”. Revive the backend: within a minute the top-up arrives by itself, exactly once.',
  },
  {
    title: 'Jam',
    steps: () => (
      <>
        At the cash screen{' '}
        <Do command={{ kind: 'acceptor', action: 'jam cassette' }} tone="danger">
          block the cassette
        </Do>{' '}
        and insert a note {insert(5_000)}. Afterwards{' '}
        <Do command={{ kind: 'acceptor', action: 'clear' }} tone="mend">
          clear the jam
        </Do>
      </>
    ),
    see: 'Nobody can say where the note is, so nobody guesses: “help is needed”, a number to call, a claim at the office. Once the jam is cleared the terminal resets the acceptor; it proves by itself where the note went, and the wallet gets it as a supplement.',
  },
  {
    title: 'Bad notes',
    steps: () => (
      <>
        At the cash screen insert{' '}
        <Do command={{ kind: 'insert', note: { kind: 'tenge', tenge: 1_000, condition: 'unreadable' } }}>
          a crumpled note
        </Do>{' '}
        <Do command={{ kind: 'insert', note: { kind: 'foreign' } }}>20 USD</Do> and{' '}
        <Do command={{ kind: 'acceptor', action: 'take' }}>take it back</Do>
      </>
    ),
    see: 'Each comes back with its own reason. The screen never says “fake”.',
  },
  {
    title: 'Pull the plug',
    steps: () => (
      <>
        At any moment, best while a note is moving:{' '}
        <Do command={{ kind: 'kill-host' }} tone="danger">
          kill the terminal
        </Do>{' '}
        <Do command={{ kind: 'acceptor', action: 'power off' }} tone="danger">
          acceptor off
        </Do>{' '}
        <Do command={{ kind: 'acceptor', action: 'power on' }} tone="mend">
          and on
        </Do>
      </>
    ),
    see: '“One moment”, then the same visit with the same sum, or an honest end. Never a white screen, never a tenge lost. (Five crashes in ten minutes: out of service, on purpose.)',
  },
  {
    title: 'No paper',
    steps: () => (
      <>
        <Do command={{ kind: 'printer', action: 'paper out' }} tone="danger">
          Take the paper
        </Do>{' '}
        and start a top-up. Then{' '}
        <Do command={{ kind: 'printer', action: 'paper in' }} tone="mend">
          put in a new roll
        </Do>
      </>
    ),
    see: 'The visitor is asked before paying, and gets number and QR on the screen instead.',
  },
];
