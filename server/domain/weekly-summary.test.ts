import { describe, expect, test } from "vitest";

import { METRIC_GROUPS } from "./metrics/definitions.ts";
import { SUMMARY_FIGURES, summaryLines, summaryWeek } from "./weekly-summary.ts";

const week = (iso: string, zone = "America/Denver") => summaryWeek(zone, new Date(iso));

describe("a summary", () => {
  test("is due on Mondays from eight on the club's clock, and is of the week before", () => {
    expect(week("2026-11-23T14:59:00Z")).toBeNull();
    expect(week("2026-11-23T15:00:00Z")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(week("2026-11-24T06:59:00Z")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(week("2026-11-24T07:00:00Z")).toBeNull();
    expect(week("2026-11-22T20:00:00Z")).toBeNull();
  });

  test("keeps to the clock in weeks in which it changes", () => {
    expect(week("2026-11-02T14:59:00Z")).toBeNull();
    expect(week("2026-11-02T15:00:00Z")).toEqual({ from: "2026-10-26", to: "2026-11-01" });
    expect(week("2026-03-09T14:00:00Z")).toEqual({ from: "2026-03-02", to: "2026-03-08" });
  });

  test("names each figure in its own group", () => {
    for (const { group, metric } of SUMMARY_FIGURES) {
      expect(Object.keys(METRIC_GROUPS[group])).toContain(metric);
    }
  });

  test("says how a figure moved, and of what nobody knows that it is not known", () => {
    const of = (value: number | null, base: number | null = null) => ({ value, base });
    const lines = summaryLines(
      {
        conversations: { now: of(214), before: of(200) },
        auto_share: { now: of(0.5, 214), before: of(0.4, 200) },
        dues_recovered: { now: of(null), before: of(null) },
        satisfaction_agent: { now: of(4.5, 12), before: of(null) },
      },
      "USD",
    );
    expect(lines).toEqual([
      "Conversations: 214 (+7%)",
      "Answered alone: 50% of 214 (+10.0 pts)",
      "Satisfaction with Spotter: 4.5 from 12",
      "Dues recovered: not known",
    ]);
  });
});
