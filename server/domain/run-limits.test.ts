import { describe, expect, test } from "vitest";

import { isGoingInCircles, mayCallModel, timeLeftMs, type RunSoFar } from "./run-limits.ts";

const STARTED = new Date("2026-11-21T12:00:00.000Z");
const after = (ms: number): Date => new Date(STARTED.getTime() + ms);
const run = (over: Partial<RunSoFar> = {}): RunSoFar => ({
  modelCallCount: 1,
  startedAt: STARTED,
  now: after(1_000),
  costMicros: 10,
  costLimitMicros: 100,
  ...over,
});

describe("whether a run may think once more", () => {
  test("it has eight calls", () => {
    expect(mayCallModel(run({ modelCallCount: 7 }))).toBe(true);
    expect(mayCallModel(run({ modelCallCount: 8 }))).toBe(false);
  });

  test("it has a minute, to the millisecond", () => {
    expect(mayCallModel(run({ now: after(59_999) }))).toBe(true);
    expect(mayCallModel(run({ now: after(60_000) }))).toBe(false);
    expect(timeLeftMs(run({ now: after(59_999) }))).toBe(1);
    expect(timeLeftMs(run({ now: after(90_000) }))).toBe(0);
    expect(timeLeftMs(run({ now: STARTED }))).toBe(60_000);
  });

  test("it has its money, but the first call is always made", () => {
    expect(mayCallModel(run({ costMicros: 99 }))).toBe(true);
    expect(mayCallModel(run({ costMicros: 100 }))).toBe(false);
    expect(mayCallModel(run({ modelCallCount: 0, costMicros: 100 }))).toBe(true);
    expect(mayCallModel(run({ modelCallCount: 0, costMicros: 0, costLimitMicros: 0 }))).toBe(true);
    expect(mayCallModel(run({ modelCallCount: 0, now: after(60_000) }))).toBe(false);
  });
});

describe("whether a run goes in circles", () => {
  const asked = (name: string, argumentsHash: string) => ({ name, argumentsHash });

  test("it asks again for the very thing it was told", () => {
    const earlier = [asked("get_balance", "a"), asked("find_class", "b")];
    expect(isGoingInCircles([asked("find_class", "b")], earlier)).toBe(true);
    expect(isGoingInCircles([asked("find_class", "c"), asked("get_balance", "a")], earlier)).toBe(true);
    expect(isGoingInCircles([asked("find_class", "a")], earlier)).toBe(false);
    expect(isGoingInCircles([asked("get_visits", "b")], earlier)).toBe(false);
    expect(isGoingInCircles([asked("find_class", "b")], [])).toBe(false);
  });

  test("it asks for more than five things at once", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => asked("find_class", `${index}`));
    expect(isGoingInCircles(many(5), [])).toBe(false);
    expect(isGoingInCircles(many(6), [])).toBe(true);
    expect(isGoingInCircles([], [])).toBe(false);
  });
});
