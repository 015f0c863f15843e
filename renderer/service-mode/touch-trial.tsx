import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useAround } from '../around.ts';
import { usePresses } from '../press.tsx';
import { GlassCover } from './glass-cover.tsx';
import { useServiceWords } from './service-words.ts';
import { type Cells, CellsPicture, cellAt, cellsOf, firstDark } from './touch-cells.tsx';

/** A dead corner must trap nobody: the trial ends by itself after so long without a touch. */
const quietMs = 20_000;
/** Before that, the words say what to do; after it, when the end comes. */
const announcedAfterMs = 5_000;
const tickMs = 1_000;

interface TouchTrialProps {
  /** Absent while the finger is on its way. */
  readonly outcome: { readonly cells: number; readonly dead: number } | undefined;
}

/** A finger goes over the whole glass; what it could not reach is shown afterwards, as long as this page stands. */
export function TouchTrial({ outcome }: TouchTrialProps) {
  const { glass } = useAround();
  const words = useServiceWords();
  const [cells] = useState(() => cellsOf(glass, window.innerWidth, window.innerHeight));
  const [felt, setFelt] = useState<ReadonlySet<number>>();
  if (outcome === undefined) return <WholeGlass cells={cells} onEnd={setFelt} />;
  const { cells: count, dead } = outcome;
  return (
    <>
      <p>
        <b>{words(dead === 0 ? 'state.touchWhole' : 'state.touchDead', { n: dead, count })}</b>
      </p>
      {dead > 0 && <p>{words('hint.touchDead')}</p>}
      {dead > 0 && felt !== undefined && (
        <div className="cells-map" style={{ aspectRatio: `${cells.columns} / ${cells.rows}` }}>
          <CellsPicture cells={cells} lit={felt} label={words('aria.glassMap')} />
        </div>
      )}
    </>
  );
}

interface WholeGlassProps {
  readonly cells: Cells;
  /** Told which places have felt the finger. */
  readonly onEnd: (lit: ReadonlySet<number>) => void;
}

function WholeGlass({ cells, onEnd }: WholeGlassProps) {
  const words = useServiceWords();
  const presses = usePresses();
  const [lit, setLit] = useState<ReadonlySet<number>>(new Set());
  const count = cells.columns * cells.rows;
  const left = count - lit.size;
  const { quietForMs, touched } = useQuiet((forMs) => {
    if (left > 0 && forMs < quietMs) return;
    onEnd(lit);
    presses.press('staff-tested', `${count} ${left}`);
  });
  const feel = ({ nativeEvent, currentTarget }: PointerEvent<HTMLDivElement>): void => {
    const { width, height } = currentTarget.getBoundingClientRect();
    // A fast finger is told of in bundles: every place that it was felt in counts, and none in between.
    const reached = [nativeEvent, ...nativeEvent.getCoalescedEvents()].map(({ clientX, clientY }) =>
      cellAt(cells, clientX / width, clientY / height),
    );
    touched();
    setLit((before) =>
      reached.every((cell) => before.has(cell)) ? before : new Set([...before, ...reached]),
    );
  };
  const dark = firstDark(cells, lit);
  return (
    <GlassCover
      onPointerDown={feel}
      onPointerMove={(event) => {
        if (event.buttons !== 0) feel(event);
      }}
    >
      <CellsPicture cells={cells} lit={lit} label={words('aria.glassMap')} />
      {/* The words give way to the place that is still looked for. */}
      <p className="glass-trial-words" data-below={(dark !== undefined && dark < count / 2) || undefined}>
        <b>{words('label.cellsLeft', { n: left })}</b>
        <span>
          {quietForMs < announcedAfterMs
            ? words('hint.touchAll')
            : words('hint.touchEnds', { n: Math.max(0, Math.ceil((quietMs - quietForMs) / 1_000)) })}
        </span>
      </p>
    </GlassCover>
  );
}

/** How long the glass has felt nothing, told every second. */
function useQuiet(onTick: (quietForMs: number) => void): {
  readonly quietForMs: number;
  readonly touched: () => void;
} {
  const [quietForMs, setQuietForMs] = useState(0);
  const lastMs = useRef(performance.now());
  const latest = useRef(onTick);
  latest.current = onTick;
  useEffect(() => {
    const timer = setInterval(() => {
      const forMs = performance.now() - lastMs.current;
      setQuietForMs(forMs);
      latest.current(forMs);
    }, tickMs);
    return () => clearInterval(timer);
  }, []);
  const touched = (): void => {
    lastMs.current = performance.now();
    setQuietForMs(0);
  };
  return { quietForMs, touched };
}
