/** How a chart's tooltip looks: like every other thing that floats. */
export const tooltipStyles = {
  isAnimationActive: false,
  contentStyle: {
    background: "var(--raised)",
    border: "1px solid var(--line)",
    borderRadius: 6,
    boxShadow: "var(--float)",
    fontSize: 12,
    padding: "6px 10px",
  },
  itemStyle: { color: "var(--ink)", padding: 0 },
  labelStyle: { color: "var(--ink-2)", marginBottom: 2 },
} as const;
