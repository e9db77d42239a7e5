import { addDays, todayIn, weekdayOf } from "./calendar-date.ts";
import { formatInTimeZone } from "./local-time.ts";
import { METRICS, type Figure, type MetricGroup, type MetricKey } from "./metrics/definitions.ts";
import { baseText, changeOf, formatFigure } from "./metrics/figure-words.ts";

const SUMMARY_TIME = "08:00";
const MONDAY = 0;

/** The week that a summary is of, on the club's calendar: from a Monday to the Sunday after it. */
export type SummaryWeek = { readonly from: string; readonly to: string };

/** The week before, from eight o'clock on a Monday on the club's clock until that day ends; null at any other time. */
export const summaryWeek = (timeZone: string, now: Date): SummaryWeek | null => {
  const today = todayIn(timeZone, now);
  const isTime = weekdayOf(today) === MONDAY && formatInTimeZone(now, timeZone, "HH:mm") >= SUMMARY_TIME;
  return isTime ? { from: addDays(today, -7), to: addDays(today, -1) } : null;
};

/** What the summary tells, in its order: the tiles of the dashboard, and what went wrong. */
export const SUMMARY_FIGURES = [
  { metric: "conversations", group: "answering" },
  { metric: "coverage", group: "answering" },
  { metric: "auto_share", group: "answering" },
  { metric: "assisted", group: "answering" },
  { metric: "handed_over", group: "answering" },
  { metric: "durable_agent", group: "settling" },
  { metric: "first_response_agent", group: "response" },
  { metric: "first_response_staff", group: "response" },
  { metric: "hours_saved", group: "answering" },
  { metric: "satisfaction_agent", group: "quality" },
  { metric: "wrong_sends", group: "quality" },
  { metric: "reminders", group: "outreach" },
  { metric: "dues_recovered", group: "outreach" },
  { metric: "opt_outs", group: "outreach" },
  { metric: "failed_sends", group: "machine" },
  { metric: "cost", group: "machine" },
] as const satisfies readonly { readonly metric: MetricKey; readonly group: MetricGroup }[];

type Compared = { readonly now: Figure; readonly before: Figure };

/** One line a figure, as the dashboard writes it, with what it is of and how it moved; what nobody knows says so. */
export const summaryLines = (figures: Partial<Readonly<Record<MetricKey, Compared>>>, currency: string): readonly string[] =>
  SUMMARY_FIGURES.flatMap(({ metric }) => {
    const figure = figures[metric];
    return figure === undefined ? [] : [lineOf(metric, figure, currency)];
  });

const lineOf = (metric: MetricKey, { before, now }: Compared, currency: string): string => {
  const { better, label, unit } = METRICS[metric];
  if (now.value === null) {
    return `${label}: not known`;
  }
  const base = baseText(unit, now);
  const change = changeOf({ better, unit }, now, before);
  return `${label}: ${formatFigure(now.value, { unit, currency })}${base === "" ? "" : ` ${base}`}${change === null ? "" : ` (${change.text})`}`;
};
