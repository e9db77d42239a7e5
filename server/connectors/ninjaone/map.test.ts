import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { holdsWords, progressOf, wantedWords, wordsOf } from "./map.ts";
import type { Activity } from "./schemas.ts";

const EARLIEST = new Date("2026-11-21T09:00:00Z");
const SECONDS = EARLIEST.getTime() / 1_000;

const activity = (over: Partial<Activity>): Activity => ({
  id: 1,
  activityTime: SECONDS + 1.25,
  deviceId: 7,
  seriesUid: "series-1",
  activityType: "SCRIPTING",
  statusCode: "STARTED",
  subject: "Reset bay",
  ...over,
});

const progress = (activities: readonly Activity[], vendorReference: string | null = null) =>
  progressOf(activities, { deviceExternalId: "7", scriptName: "Reset bay", earliestAt: EARLIEST, vendorReference });

describe("names of bays", () => {
  test("two different numbers never name the same bay, however either is written", () => {
    const number = fc.integer({ min: 0, max: 200 });
    const spelling = fc.constantFrom("Bay {n}", "BAY-{n}", "bay{n}", "Club Bay {n} East", "xx-BAY_00{n}");
    fc.assert(
      fc.property(number, number, spelling, (wanted, other, words) => {
        const name = words.replace("{n}", `${other}`);
        expect(holdsWords(name, wantedWords(`${wanted}`, { deviceWords: "Bay {number}" }))).toBe(wanted === other);
      }),
    );
  });

  test("a name holds each stretch of its own words, and no name holds nothing", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const words = wordsOf(name);
        expect(holdsWords(name, words)).toBe(words.length > 0);
        expect(holdsWords(name, words.slice(1))).toBe(words.length > 1);
        expect(holdsWords(name, [])).toBe(false);
      }),
    );
  });
});

describe("what activities say of a run", () => {
  test("the order and repetition in which they arrive changes nothing", () => {
    const all = [
      activity({ id: 1, statusCode: "START_REQUESTED" }),
      activity({ id: 2, activityTime: SECONDS + 2.5, activityResult: "SUCCESS" }),
      activity({ id: 3, activityTime: SECONDS + 9.75, statusCode: "COMPLETED", activityResult: "FAILURE" }),
      activity({ id: 4, seriesUid: "series-0", activityTime: SECONDS - 40, statusCode: "STARTED" }),
      activity({ id: 5, seriesUid: "series-0", activityTime: SECONDS + 4, statusCode: "COMPLETED", activityResult: "SUCCESS" }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all), (shuffled, repeated) => {
        expect(progress([...shuffled, ...repeated])).toMatchObject({ state: "failed", vendorReference: "series-1" });
      }),
    );
  });

  test("a start that succeeded is no success, and an end that does not say how is none either", () => {
    expect(progress([activity({ activityResult: "SUCCESS" })]).state).toBe("running");
    expect(progress([activity({ statusCode: "COMPLETED", activityResult: null })]).state).toBe("failed");
    expect(progress([activity({ statusCode: "BLOCKED" })]).state).toBe("failed");
  });

  test("other scripts, other devices and what was before are not ours", () => {
    const others = [
      activity({ id: 1, subject: "Reset tablet", seriesUid: "a" }),
      activity({ id: 2, deviceId: 8, seriesUid: "b" }),
      activity({ id: 3, activityTime: SECONDS - 1, seriesUid: "c" }),
      activity({ id: 4, activityType: "PATCH_MANAGEMENT", seriesUid: "d" }),
    ];
    expect(progress(others)).toEqual({ state: "waiting", vendorReference: null, detail: null });
  });

  test("a known run is followed by its id, also where an earlier one bears the same name", () => {
    const activities = [
      activity({ id: 1, seriesUid: "first", statusCode: "COMPLETED", activityResult: "SUCCESS" }),
      activity({ id: 2, seriesUid: "second", activityTime: SECONDS + 3 }),
    ];
    expect(progress(activities, "second")).toMatchObject({ state: "running", vendorReference: "second" });
  });
});
