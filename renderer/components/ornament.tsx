/*
 * Қошқармүйіз, the ram's horn: the oldest figure of Kazakh felt and carpets. Two horns leave one stem and curl outward;
 * the next pair grows from the other edge, so that the figure and its ground are the same shape.
 */

/** Units of the drawing: one pair up and one pair down make a period. */
const period = 84;
const height = 34;
/** Enough for the longest band; the band shows its middle. */
const width = period * 60;

/** Half circles of shrinking radius make each curl. */
const horns = [
  'M0 34V15.5',
  'M0 15.5A9 9 0 0 1 18 15.5A5.6 5.6 0 0 1 6.8 15.5A3 3 0 0 1 12.8 15.5',
  'M0 15.5A9 9 0 0 0-18 15.5A5.6 5.6 0 0 0-6.8 15.5A3 3 0 0 0-12.8 15.5',
].join('');
/** The root of the stem, as broad as a felt maker cuts it. */
const root = 'M-9 34.5L0 23L9 34.5Z';
/** A small eye between two curls closes the figure. */
const eye = 'M0 1.6L3.4 5L0 8.4L-3.4 5Z';

interface OrnamentBandProps {
  /** Each band on a screen has its own pattern. */
  readonly id: string;
}

/** A border band, drawn once on a screen. */
export function OrnamentBand({ id }: OrnamentBandProps) {
  return (
    <svg
      className="ornament"
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
    >
      <defs>
        <pattern id={id} x={period / 4} width={period} height={height} patternUnits="userSpaceOnUse">
          <HornPair />
          <g transform={`translate(${period / 2} ${height}) scale(1 -1)`}>
            <HornPair />
          </g>
        </pattern>
      </defs>
      <rect width={width} height={height} fill={`url(#${id})`} />
    </svg>
  );
}

function HornPair() {
  return (
    <g transform={`translate(${period / 4})`}>
      <path d={horns} className="ornament-line" />
      <path d={root} className="ornament-fill" />
      <path d={eye} className="ornament-fill" />
    </g>
  );
}
