const WIDTH = 120;
const HEIGHT = 28;
const EDGE = 2;

/** The way of a number along the period. Days without one are left out of the line; a single day is a point. */
export const SparkLine = ({ values }: { readonly values: readonly (number | null)[] }) => {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const last = known.at(-1);
  if (last === undefined) {
    return <div aria-hidden="true" className="h-7" />;
  }
  const low = Math.min(...known.map(({ value }) => value));
  const high = Math.max(...known.map(({ value }) => value));
  const x = (index: number) => EDGE + (values.length === 1 ? 0 : (index / (values.length - 1)) * (WIDTH - 2 * EDGE));
  const y = (value: number) => (high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-7 w-full overflow-visible text-line-strong"
    >
      <polyline
        points={known.map(({ index, value }) => `${x(index)},${y(value)}`).join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      <line
        x1={x(last.index)}
        x2={x(last.index)}
        y1={y(last.value)}
        y2={y(last.value)}
        stroke="var(--ink)"
        strokeWidth="5"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
};
