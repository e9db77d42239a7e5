import { describe, expect, it } from "vitest";

import { campaignSegmentOf, PeopleFilter } from "./people-filter.ts";
import { SEGMENTS } from "./people-view.ts";
import { Segment } from "./workflows/segment.ts";

const segmentOf = (filter: Partial<PeopleFilter>) => campaignSegmentOf(PeopleFilter.parse(filter));

describe("people of a list as a campaign names them", () => {
  it.each(SEGMENTS.filter((segment) => segment !== "past_due_training"))("%s is a segment that a campaign can have", (segment) => {
    expect(Segment.safeParse(segmentOf({ segment })).success).toBe(true);
  });

  it("carries every condition over", () => {
    expect(segmentOf({ segment: "members", statuses: ["active"], noVisitDays: 30, owesMinor: 500 })).toEqual({
      of: "members",
      all: [
        { field: "status", anyOf: ["active"] },
        { field: "days_since_visit", op: "at_least", days: 30 },
        { field: "past_due" },
        { field: "balance", op: "at_least", minor: 500 },
      ],
    });
  });

  it("of two conditions about the same keeps the stricter one", () => {
    expect(segmentOf({ segment: "lapsed", noVisitDays: 10 })?.all).toContainEqual({ field: "days_since_visit", op: "at_least", days: 60 });
  });

  it("of who owes is about their debt", () => {
    expect(segmentOf({ segment: "past_due" })?.all).toEqual([{ field: "past_due" }]);
    expect(segmentOf({ segment: "members", owesMinor: 1 })?.all).toContainEqual({ field: "past_due" });
    expect(segmentOf({ segment: "members" })?.all).toEqual([]);
  });

  it("is nothing where a campaign would mean other people", () => {
    expect(segmentOf({ search: "ann" })).toBeNull();
    expect(segmentOf({ segment: "past_due_training" })).toBeNull();
    expect(segmentOf({ segment: "pay_per_visit", statuses: ["active"] })).toBeNull();
  });
});
