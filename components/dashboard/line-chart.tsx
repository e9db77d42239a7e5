"use client";

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { tooltipStyles } from "#components/dashboard/chart-styles.ts";

export type LineSeries = { readonly key: string; readonly label: string; readonly colour: string; readonly isDashed?: boolean };
export type LineRow = Readonly<Record<string, string | number | null>>;

type LinesProps = {
  readonly rows: readonly LineRow[];
  readonly xKey: string;
  readonly series: readonly LineSeries[];
  readonly formatValue: (value: number) => string;
  /** A scale of powers with these marks. */
  readonly logarithmicTicks?: readonly number[];
  readonly domain?: readonly [number, number];
};

/** Numbers along the days. Where times of a minute stand beside times of a day, the scale is logarithmic. */
export const Lines = ({ domain, formatValue, logarithmicTicks, rows, series, xKey }: LinesProps) => (
  <ResponsiveContainer width="100%" height="100%">
    <LineChart data={[...rows]} accessibilityLayer={false} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey={xKey} tickLine={false} axisLine={false} minTickGap={24} tick={{ fill: "var(--ink-3)", fontSize: 12 }} />
      <YAxis
        width={64}
        tickLine={false}
        axisLine={false}
        scale={logarithmicTicks === undefined ? "auto" : "log"}
        {...(logarithmicTicks === undefined ? {} : { ticks: [...logarithmicTicks] })}
        domain={domain === undefined ? [0, "auto"] : [...domain]}
        allowDataOverflow={logarithmicTicks !== undefined}
        tickFormatter={formatValue}
        tick={{ fill: "var(--ink-3)", fontSize: 12 }}
      />
      <Tooltip {...tooltipStyles} formatter={(value) => formatValue(Number(value))} cursor={{ stroke: "var(--line-strong)" }} />
      {series.map(({ colour, isDashed = false, key, label }) => (
        <Line
          key={key}
          dataKey={key}
          name={label}
          stroke={colour}
          strokeWidth={2}
          {...(isDashed ? { strokeDasharray: "4 4" } : {})}
          dot={isDashed ? false : { r: 2.5, fill: colour, strokeWidth: 0 }}
          connectNulls
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  </ResponsiveContainer>
);
