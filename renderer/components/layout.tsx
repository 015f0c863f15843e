import { type ReactNode, useRef } from 'react';
import { useAround } from '../around.ts';
import { useFit } from '../fit.ts';
import { type VisitStep, VisitSteps } from './visit-steps.tsx';

interface LayoutProps {
  /** How far the visit is; screens outside a visit have no steps. */
  readonly step?: VisitStep;
  /** What is so, and what happens next: read, not touched. */
  readonly story: ReactNode;
  /** Where the hands are: keys, the picture of the slot. */
  readonly act?: ReactNode;
  /** The one button that leads on, always in the same place. */
  readonly primary?: ReactNode;
  /** A column beside the story on glass wide enough. */
  readonly rail?: ReactNode;
}

/** One layout for every working screen; the shape of the glass decides what stands beside what. */
export function Layout({ step, story, act, primary, rail }: LayoutProps) {
  const { glass } = useAround();
  const root = useRef<HTMLDivElement>(null);
  useFit(root);
  const hasRail = glass.shape === 'wide' && (rail !== undefined || step !== undefined);
  return (
    <div
      ref={root}
      className="layout"
      data-rail={hasRail || undefined}
      data-steps={step !== undefined || undefined}
    >
      {hasRail && (
        <aside className="rail">
          {step !== undefined && <VisitSteps step={step} />}
          {rail}
        </aside>
      )}
      {!hasRail && step !== undefined && !glass.isLow && <VisitSteps step={step} />}
      <section className="story">{story}</section>
      <section className="act">{act}</section>
      <div className="primary-place">{primary}</div>
    </div>
  );
}
