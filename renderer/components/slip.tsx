import { tenge } from '../format.ts';

/*
 * Banknotes as slips. Colour follows the real notes; a colour-blind eye tells them by the edge and by the digits.
 */

/** One figure of an edge, repeated down the short side. A box is 10 wide and 10 high. */
const edges: Readonly<Record<number, string>> = {
  500: 'M3 0H7V10H3Z',
  1000: 'M1 0H4V10H1ZM6 0H9V10H6Z',
  2000: 'M0 0L10 5L0 10Z',
  5000: 'M5 1.4A3.6 3.6 0 1 1 4.99 1.4Z',
  10000: 'M5 .6L9.4 5L5 9.4L.6 5Z',
  20000: 'M0 0H10V3.2H0ZM0 6.2H5V8.4H0Z',
};
const unknownEdge = 'M3 3H7V7H3Z';
const edgeRepeats = 5;

interface SlipProps {
  readonly valueMinor: number;
  /** Filled slips are in the machine; outlined ones may go in. */
  readonly look?: 'filled' | 'outlined';
  readonly isStruck?: boolean;
}

export function Slip({ valueMinor, look = 'filled', isStruck = false }: SlipProps) {
  const value = valueMinor / 100;
  const edge = edges[value] ?? unknownEdge;
  return (
    <span
      className="slip"
      data-value={edges[value] === undefined ? 'other' : value}
      data-look={look}
      data-struck={isStruck || undefined}
    >
      <Edge figure={edge} />
      <span className="slip-value">{isStruck ? <s>{tenge(valueMinor)}</s> : tenge(valueMinor)}</span>
      {look === 'filled' && <Edge figure={edge} />}
    </span>
  );
}

function Edge({ figure }: { readonly figure: string }) {
  return (
    <svg
      className="slip-edge"
      viewBox={`0 0 10 ${edgeRepeats * 10}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {Array.from({ length: edgeRepeats }, (_, index) => (
        <path key={figure + String(index * 10)} d={figure} transform={`translate(0 ${index * 10})`} />
      ))}
    </svg>
  );
}
