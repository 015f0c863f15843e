/*
 * Қошқармүйіз, the ram's horn: the oldest figure of Kazakh felt and carpets. Two horns leave one stem and curl outward;
 * the next pair grows from the other edge, so that the figure and its ground are the same shape.
 */

const period = 84;
const height = 34;

/** Half circles of shrinking radius make each curl. */
const horns = [
  'M0 34V15.5',
  'M0 15.5A9 9 0 0 1 18 15.5A5.6 5.6 0 0 1 6.8 15.5A3 3 0 0 1 12.8 15.5',
  'M0 15.5A9 9 0 0 0-18 15.5A5.6 5.6 0 0 0-6.8 15.5A3 3 0 0 0-12.8 15.5',
].join('');
/** The root of the stem, as broad as a felt maker cuts it. */
const root = 'M-8 34L0 23.5L8 34Z';

/** A border band, drawn once on a screen. */
export function OrnamentBand() {
  return (
    <svg className="ornament" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <defs>
        <pattern
          id="horn-band"
          width={period}
          height={height}
          patternUnits="userSpaceOnUse"
          viewBox={`0 0 ${period} ${height}`}
        >
          <g id="horn-pair">
            <path d={horns} className="ornament-line" transform={`translate(${period / 4})`} />
            <path d={root} className="ornament-fill" transform={`translate(${period / 4})`} />
          </g>
          <g transform={`translate(${period / 2} ${height}) scale(1 -1)`}>
            <path d={horns} className="ornament-line" transform={`translate(${period / 4})`} />
            <path d={root} className="ornament-fill" transform={`translate(${period / 4})`} />
          </g>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#horn-band)" />
    </svg>
  );
}
