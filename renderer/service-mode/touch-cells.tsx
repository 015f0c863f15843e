import type { Glass } from '../glass.ts';

/** The glass in places that no finger misses, in rows from the top left. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
}

/** No place is wider or higher than a control may be small. */
const cellMm = 15;

export function cellsOf({ pixelsPerMm }: Glass, widthPx: number, heightPx: number): Cells {
  return {
    columns: Math.ceil(widthPx / (cellMm * pixelsPerMm)),
    rows: Math.ceil(heightPx / (cellMm * pixelsPerMm)),
  };
}

/** Which place lies under a point, both told as parts of the glass from 0 to 1. */
export function cellAt({ columns, rows }: Cells, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)));
  return row * columns + column;
}

/** The first place that no touch has reached; undefined once there is none. */
export function firstDark({ columns, rows }: Cells, lit: ReadonlySet<number>): number | undefined {
  for (let cell = 0; cell < columns * rows; cell += 1) if (!lit.has(cell)) return cell;
  return undefined;
}

interface PictureProps {
  readonly cells: Cells;
  readonly lit: ReadonlySet<number>;
  readonly label: string;
}

/** The glass and where it has answered: one path for the light, one for the grid. */
export function CellsPicture({ cells: { columns, rows }, lit, label }: PictureProps) {
  const light = [...lit].map((cell) => `M${cell % columns} ${Math.floor(cell / columns)}h1v1h-1z`);
  const lines = [
    ...Array.from({ length: columns - 1 }, (_, at) => `M${at + 1} 0v${rows}`),
    ...Array.from({ length: rows - 1 }, (_, at) => `M0 ${at + 1}h${columns}`),
  ];
  return (
    <svg
      className="cells"
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className="cells-light" d={light.join('')} />
      <path className="cells-lines" d={lines.join('')} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
