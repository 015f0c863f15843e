import { create } from 'qrcode';
import { useMemo } from 'react';
import { useAround } from '../around.ts';

/** The quiet zone that readers need, in modules (ISO/IEC 18004). */
const quiet = 4;

/** The square code of an operation, drawn as one path so that it is sharp at any size. */
export function Qr({ text }: { readonly text: string }) {
  const { words } = useAround();
  const { side, path } = useMemo(() => squares(text), [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={words('aria.qr')}>
      <path d={path} shapeRendering="crispEdges" />
    </svg>
  );
}

function squares(text: string): { readonly side: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 1) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    }
  }
  return { side: modules.size + 2 * quiet, path };
}
