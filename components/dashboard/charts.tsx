"use client";

import dynamic from "next/dynamic";

import { ChartFrame } from "#components/dashboard/chart-frame.tsx";
import { shortDay } from "#components/dashboard/day-words.ts";
import { formatFigure, formatSpan } from "#server/domain/metrics/figure-words.ts";
import type { CalibrationStep, Report } from "#components/dashboard/report-types.ts";

const StackedBars = dynamic(() => import("#components/dashboard/bar-chart.tsx").then(({ StackedBars: bars }) => bars), { ssr: false });
const Lines = dynamic(() => import("#components/dashboard/line-chart.tsx").then(({ Lines: lines }) => lines), { ssr: false });

const ROADS = [
  { key: "auto_share", label: "Spotter alone", colour: "var(--spotter-solid)" },
  { key: "assisted", label: "Together", colour: "var(--spotter-line)" },
  { key: "handed_over", label: "Handed over", colour: "var(--solid)" },
  { key: "staff_only", label: "Team", colour: "var(--line-strong)" },
  { key: "no_answer", label: "No answer", colour: "var(--line)" },
] as const;

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

/** Who answered, day by day. */
export const RoadsChart = ({ days, lines }: Pick<Report, "days" | "lines">) => {
  const rows = days.map((day, index) => ({
    day: shortDay(day),
    ...Object.fromEntries(
      ROADS.map(({ key }) => [key, Math.round((lines[key]?.[index] ?? 0) * (lines.conversations?.[index] ?? 0))] as const),
    ),
  }));
  return (
    <ChartFrame
      title="Conversations by who answered"
      keys={ROADS}
      columns={["Day", ...ROADS.map(({ label }) => label)]}
      rows={rows.map((row) => Object.values(row).map(String))}
    >
      <StackedBars rows={rows} series={ROADS} formatValue={whole} />
    </ChartFrame>
  );
};

const ANSWERERS = [
  { key: "agent", label: "Spotter", colour: "var(--spotter-solid)" },
  { key: "staff", label: "Team", colour: "var(--ink-2)" },
] as const;

/** A second, then steps that people count waits in. */
const SPAN_TICKS: readonly number[] = [1, 10, 60, 600, 3_600, 6 * 3_600, 86_400, 7 * 86_400, 28 * 86_400];

/** How long half of the people waited at most, day by day. */
export const ResponseChart = ({ days, lines }: Pick<Report, "days" | "lines">) => {
  const rows = days.map((day, index) => ({
    day: shortDay(day),
    // A scale of powers has no zero.
    agent: atLeastOne(lines.first_response_agent?.[index]),
    staff: atLeastOne(lines.first_response_staff?.[index]),
  }));
  const longest = Math.max(1, ...rows.flatMap(({ agent, staff }) => [agent ?? 1, staff ?? 1]));
  const ticks = SPAN_TICKS.filter((tick, index) => index === 0 || (SPAN_TICKS[index - 1] ?? 0) < longest);
  return (
    <ChartFrame
      title="Median wait for a first answer"
      keys={ANSWERERS}
      columns={["Day", "Spotter", "Team"]}
      rows={rows.map(({ agent, day, staff }) => [day, agent === null ? "–" : formatSpan(agent), staff === null ? "–" : formatSpan(staff)])}
    >
      <Lines rows={rows} xKey="day" series={ANSWERERS} formatValue={formatSpan} logarithmicTicks={ticks} domain={[1, ticks.at(-1) ?? 1]} />
    </ChartFrame>
  );
};

const atLeastOne = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.max(1, value));

const CALIBRATION = [
  { key: "agreed", label: "Drafts the team agreed with", colour: "var(--spotter-solid)" },
  { key: "confidence", label: "Confidence of Spotter", colour: "var(--ink-3)", isDashed: true },
] as const;

const percent = (value: number): string => formatFigure(value, { unit: "ratio", currency: "USD" });

/** Where the two lines lie upon each other, confidence means what it says. */
export const CalibrationChart = ({ steps }: { readonly steps: readonly CalibrationStep[] }) => {
  const rows = steps.map(({ agreed, confidence, count }) => ({ at: percent(confidence), agreed, confidence, count }));
  return (
    <ChartFrame
      title="Confidence and agreement"
      keys={CALIBRATION}
      columns={["Confidence", "Agreed", "Drafts"]}
      rows={rows.map(({ agreed, at, count }) => [at, percent(agreed), String(count)])}
    >
      <Lines rows={rows} xKey="at" series={CALIBRATION} formatValue={percent} domain={[0, 1]} />
    </ChartFrame>
  );
};
