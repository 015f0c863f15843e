import { type ReactNode, useRef } from 'react';
import { useFit } from '../fit.ts';

interface SheetProps {
  readonly label: string;
  readonly className: 'sheet' | 'question';
  readonly children: ReactNode;
  readonly primary: ReactNode;
}

/** A face over a screen, with the red button where it always is. */
export function Sheet({ label, className, children, primary }: SheetProps) {
  const root = useRef<HTMLDivElement>(null);
  useFit(root);
  return (
    <div ref={root} className="sheet-place" role="dialog" aria-modal="true" aria-label={label}>
      <div className={className}>{children}</div>
      <div className="sheet-primary">{primary}</div>
    </div>
  );
}
