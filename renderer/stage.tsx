import type { CSSProperties } from 'react';
import type { Screen, ScreenView, UpMessage } from '../terminal/contract/messages.ts';
import { AroundContext } from './around.ts';
import { Bar } from './components/bar.tsx';
import { Header } from './components/header.tsx';
import { languageTags, wordsOf } from './i18n.ts';
import { Overlays } from './overlays/overlays.tsx';
import { Offers } from './press.tsx';
import { drawScreen } from './screens/draw-screen.tsx';
import { useGlass } from './use-glass.ts';

/** The glowing home and its kin are deep red; everything one works with is light. */
const redScreens: ReadonlySet<Screen['kind']> = new Set(['attract', 'one-moment', 'out-of-service']);

/** Staff see at a glance that the machine is in their hands. */
function toneOf(kind: Screen['kind']): 'red' | 'light' | 'work' {
  if (kind === 'service-mode') return 'work';
  return redScreens.has(kind) ? 'red' : 'light';
}

interface StageProps {
  readonly view: ScreenView;
  readonly send: (message: UpMessage) => void;
}

/** Everything on the glass, from one view. */
export function Stage({ view, send }: StageProps) {
  const { frame, screen } = view;
  const glass = useGlass(frame.panel);
  const words = wordsOf(frame.language);
  const isCovered = view.overlay !== undefined || view.question !== undefined;
  const style = {
    '--mm': `${glass.pixelsPerMm}px`,
    '--real': `${glass.pixelsPerRealMm}px`,
    // Staff work with many words on one page; large type is the customer's.
    '--type': frame.easyMode && screen.kind !== 'service-mode' ? 1.3 : 1,
  } as CSSProperties;
  return (
    <AroundContext value={{ words, frame, glass }}>
      <Offers view={view} send={send}>
        {({ screenCount }) => (
          <div
            className="glass"
            lang={languageTags[frame.language]}
            data-tone={toneOf(screen.kind)}
            data-shape={glass.shape}
            data-low={glass.isLow || undefined}
            data-small={glass.pixelsPerMm < glass.pixelsPerRealMm || undefined}
            data-easy={frame.easyMode || undefined}
            style={style}
          >
            <Header />
            <div className="under" inert={isCovered} data-covered={isCovered || undefined}>
              <main key={screenCount} className="body" data-screen={screen.kind}>
                {drawScreen(screen)}
              </main>
              {screen.kind !== 'service-mode' && <Bar />}
            </div>
            <Overlays view={view} />
            {frame.simulated && <footer className="ribbon">{words('label.simulated')}</footer>}
          </div>
        )}
      </Offers>
    </AroundContext>
  );
}
