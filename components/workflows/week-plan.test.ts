import { describe, expect, it } from "vitest";

import { weekPlan } from "#components/workflows/week-plan.ts";
import { asId } from "#server/domain/ids.ts";

const ID = { daily: asId("workflow", "wf_daily"), hourly: asId("workflow", "wf_hourly") };
const WORKFLOWS = [
  { id: ID.daily, schedule: { kind: "daily", minuteOfDay: 360 } as const },
  { id: ID.hourly, schedule: { kind: "hourly", minute: 30 } as const },
];

describe("the coming week of a club", () => {
  it("has seven days of the club's calendar and leaves out what is over today", () => {
    const days = weekPlan(WORKFLOWS, { now: new Date("2026-11-21T20:10:00Z"), timeZone: "America/Denver" });
    expect(days.map(({ date }) => date)).toEqual([
      "2026-11-21",
      "2026-11-22",
      "2026-11-23",
      "2026-11-24",
      "2026-11-25",
      "2026-11-26",
      "2026-11-27",
    ]);
    expect(days.map(({ entries }) => entries.length)).toEqual([0, 1, 1, 1, 1, 1, 1]);
    expect(days[1]?.entries[0]?.wallTime).toBe("2026-11-22 06:00");
    // 13:10 in Denver: from 13:30 to 23:30.
    expect(days[0]?.hourly).toEqual([{ key: ID.hourly, count: 11 }]);
  });

  it("counts 25 hours on the day the clocks go back and 23 when they go forward", () => {
    const back = weekPlan(WORKFLOWS, { now: new Date("2026-10-31T12:00:00Z"), timeZone: "America/Denver" });
    const forward = weekPlan(WORKFLOWS, { now: new Date("2026-03-07T12:00:00Z"), timeZone: "America/Denver" });
    expect(back[1]?.hourly[0]?.count).toBe(25);
    expect(forward[1]?.hourly[0]?.count).toBe(23);
  });
});
