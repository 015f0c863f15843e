import { useEffect, useState } from 'react';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { ScreenView, UpMessage } from '../terminal/contract/messages.ts';
import type { PageLink } from './link/link.ts';
import { unlinkedView } from './link/unlinked-view.ts';
import { Mishap } from './mishap.tsx';
import { Stage } from './stage.tsx';

/** How long a broken line is forgiven before the page says so. */
const silenceForgivenMs = 2_000;

/** Draws the last view that came down the line, and sends presses up. */
export function App({ link }: { readonly link: PageLink }) {
  const [view, setView] = useState<ScreenView>();
  const [isSilent, setSilent] = useState(false);

  useEffect(() => {
    let silence: ReturnType<typeof setTimeout> | undefined;
    link.onText((text) => {
      const decoded = decodeDown(text);
      if (decoded.kind === 'refused') return;
      clearTimeout(silence);
      silence = undefined;
      setSilent(false);
      setView(decoded.message.view);
    });
    link.onState((state) => {
      if (state === 'open') return;
      // Nothing of the visit stays on a page that has lost its terminal. A vain try to come back is no new beginning,
      // and an open line has told nothing yet: only a view ends the silence.
      silence ??= setTimeout(() => setSilent(true), silenceForgivenMs);
    });
  }, [link]);

  const send = (message: UpMessage): void => link.send(JSON.stringify(message));
  const shown = view === undefined || isSilent ? unlinkedView(view?.frame) : view;
  return (
    <Mishap attempt={shown} instead={<Stage view={unlinkedView(view?.frame)} send={send} />}>
      <Stage view={shown} send={send} />
    </Mishap>
  );
}
