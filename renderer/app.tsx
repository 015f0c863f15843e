import { useEffect, useReducer, useState } from 'react';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { Screen, UpMessage } from '../terminal/contract/messages.ts';
import type { PageLink } from './link/link.ts';
import { unlinkedView } from './link/unlinked-view.ts';
import { Mishap } from './mishap.tsx';
import { Stage } from './stage.tsx';

/** How long a broken line is forgiven before the page says so. */
const silenceForgivenMs = 2_000;

/** Nobody's visit. */
const betweenVisits: ReadonlySet<Screen['kind']> = new Set(['attract', 'one-moment', 'out-of-service']);

/** Draws the last view that came down the line, and sends presses up. */
export function App({ link }: { readonly link: PageLink }) {
  const [view, setView] = useState(() => unlinkedView(undefined));
  const [, drawAgain] = useReducer((drawings: number) => drawings + 1, 0);

  useEffect(() => {
    let silence: ReturnType<typeof setTimeout> | undefined;
    // Nothing of the visit stays on a page that has lost its terminal, nor in its memory.
    const fallSilent = (): void => setView(({ frame }) => unlinkedView(frame));
    link.onText((text) => {
      const decoded = decodeDown(text);
      if (decoded.kind === 'refused') return;
      clearTimeout(silence);
      silence = undefined;
      setView(decoded.message.view);
    });
    link.onState((state) => {
      // A vain try to come back is no new beginning, and an open line has told nothing yet: only a view ends the silence.
      if (state === 'silent') fallSilent();
      if (state === 'closed') silence ??= setTimeout(fallSilent, silenceForgivenMs);
    });
  }, [link]);

  // React keeps what it drew last beside what it draws now: a visitor's number would stay in memory until the next
  // visitor comes. Drawn twice, both are nobody's.
  useEffect(() => {
    if (betweenVisits.has(view.screen.kind)) drawAgain();
  }, [view]);

  const send = (message: UpMessage): void => link.send(JSON.stringify(message));
  return (
    <Mishap attempt={view} instead={<Stage view={unlinkedView(view.frame)} send={send} />}>
      <Stage view={view} send={send} />
    </Mishap>
  );
}
