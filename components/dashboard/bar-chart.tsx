"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { tooltipStyles } from "#components/dashboard/chart-styles.ts";

export type BarSeries = { readonly key: string; readonly label: string; readonly colour: string };
export type BarRow = { readonly day: string } & Readonly<Record<string, string | number>>;

type StackedBarsProps = {
  readonly rows: readonly BarRow[];
  readonly series: readonly BarSeries[];
  readonly formatValue: (value: number) => string;
};

/** One bar a day, its parts upon each other. */
export const StackedBars = ({ formatValue, rows, series }: StackedBarsProps) => (
  <ResponsiveContainer width="100%" height="100%">
    <BarChart data={[...rows]} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} barCategoryGap="20%">
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="day" tickLine={false} axisLine={false} minTickGap={24} tick={{ fill: "var(--ink-3)", fontSize: 12 }} />
      <YAxis
        width={64}
        tickLine={false}
        axisLine={false}
        allowDecimals={false}
        tickFormatter={formatValue}
        tick={{ fill: "var(--ink-3)", fontSize: 12 }}
      />
      <Tooltip {...tooltipStyles} formatter={(value) => formatValue(Number(value))} cursor={{ fill: "var(--sunken)" }} />
      {series.map(({ colour, key, label }) => (
        <Bar key={key} dataKey={key} name={label} stackId="day" fill={colour} isAnimationActive={false} />
      ))}
    </BarChart>
  </ResponsiveContainer>
);
