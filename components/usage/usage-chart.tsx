"use client";

import dynamic from "next/dynamic";

import { ChartFrame } from "#components/dashboard/chart-frame.tsx";
import { shortDay } from "#components/dashboard/day-words.ts";
import type { Usage } from "#components/dashboard/report-types.ts";
import { purposeLabel } from "#components/usage/purpose-words.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const StackedBars = dynamic(() => import("#components/dashboard/bar-chart.tsx").then(({ StackedBars: bars }) => bars), { ssr: false });

/** The two dearest purposes have a colour of their own; what is left stands together. */
const COLOURS = ["var(--spotter-solid)", "var(--spotter-line)"] as const;
const REST = { key: "rest", label: "Everything else", colour: "var(--line-strong)" } as const;

/** What each day cost, by what it was for. */
export const UsageChart = ({ usage: { byDay, days, totals } }: { readonly usage: Usage }) => {
  const named = totals.byPurpose.slice(0, COLOURS.length).map(({ purpose }, index) => ({
    key: purpose,
    label: purposeLabel(purpose),
    colour: COLOURS[index] ?? REST.colour,
  }));
  const series = totals.byPurpose.length > named.length ? [...named, REST] : named;
  const rows = days.map((day) => {
    const ofDay = byDay.filter((row) => row.day === day);
    const cost = (key: string): number =>
      ofDay
        .filter(({ purpose }) => (key === REST.key ? named.every((one) => one.key !== purpose) : purpose === key))
        .reduce((sum, { costMicros }) => sum + costMicros, 0);
    return { day: shortDay(day), ...Object.fromEntries(series.map(({ key }) => [key, cost(key)] as const)) };
  });
  return (
    <ChartFrame
      title="Cost by day"
      keys={series}
      columns={["Day", ...series.map(({ label }) => label)]}
      rows={rows.map(({ day, ...costs }) => [day, ...Object.values(costs).map((cost) => formatCostMicros(Number(cost)))])}
    >
      <StackedBars rows={rows} series={series} formatValue={formatCostMicros} />
    </ChartFrame>
  );
};
