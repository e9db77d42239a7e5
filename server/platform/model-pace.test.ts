import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { PACE_BURST_SECONDS } from "./model-limits.ts";
import { createModelPace } from "./model-pace.ts";
import { testClock } from "./model-testing.ts";

const LIMITS = { requestsPerMinute: 60, inputTokensPerMinute: 60_000 };
const BURST = (LIMITS.requestsPerMinute * PACE_BURST_SECONDS) / 60;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const makePace = (limits = LIMITS) => {
  const clock = testClock();
  const pace = createModelPace(limits, clock);
  const order: string[] = [];
  const ask = (fairKey: string, over: { tokens?: number; longestMs?: number; signal?: AbortSignal } = {}) => {
    const turn = pace.take({ tokens: 1, longestMs: 60_000, fairKey, ...over });
    void turn.then(({ kind }) => order.push(kind === "go" ? fairKey : `${fairKey} ${kind}`));
    return turn;
  };
  const after = async (ms: number) => {
    clock.advance(ms);
    await settled();
    return order.splice(0);
  };
  return { ask, after, clock, pace };
};

describe("pace of a key", () => {
  test("a burst goes at once, then one request a second", async () => {
    const { after, ask } = makePace();
    void Array.from({ length: BURST + 3 }, () => ask("a"));
    expect(await after(0)).toHaveLength(BURST);
    expect(await after(999)).toEqual([]);
    expect(await after(1)).toEqual(["a"]);
    expect(await after(2_000)).toEqual(["a", "a"]);
  });

  test("tokens are counted as well, and what was estimated too high is given back", async () => {
    const { after, ask, pace } = makePace();
    void ask("a", { tokens: 10_000 });
    void ask("a", { tokens: 5_000 });
    expect(await after(0)).toEqual(["a"]);
    pace.settle({ estimated: 10_000, counted: 4_000 });
    expect(await after(0)).toEqual(["a"]);
  });

  test("a call larger than any burst waits for all of it and is not stuck", async () => {
    const { after, ask } = makePace();
    void ask("a", { tokens: 1 });
    void ask("a", { tokens: 1_000_000 });
    expect(await after(0)).toEqual(["a"]);
    expect(await after(1_000)).toEqual(["a"]);
  });

  test("nobody calls before the time that the service named, then all in their turn", async () => {
    const { after, ask, pace } = makePace();
    pace.holdFor(7_000);
    void ask("a");
    void ask("b");
    expect(await after(6_999)).toEqual([]);
    expect(await after(1)).toEqual(["a", "b"]);
  });

  test("whoever would have to wait too long is told at once how long", async () => {
    const { ask, pace } = makePace();
    pace.holdFor(30_000);
    expect(await ask("a", { longestMs: 24_000 })).toEqual({ kind: "too_long", waitMs: 30_000 });
  });

  test("a longer hold than expected ends a wait when it has lasted long enough", async () => {
    const { after, ask, pace } = makePace();
    pace.holdFor(1_000);
    void ask("a", { longestMs: 5_000 });
    pace.holdFor(60_000);
    expect(await after(4_000)).toEqual([]);
    expect(await after(1_001)).toEqual(["a too_long"]);
  });

  test("a noisy club delays itself: the others take turns with it", async () => {
    const { after, ask } = makePace();
    void Array.from({ length: BURST + 20 }, () => ask("noisy"));
    await after(0);
    void ask("quiet");
    void ask("calm");
    expect(await after(4_000)).toEqual(["noisy", "quiet", "calm", "noisy"]);
  });

  test("a caller that gives up leaves its place, also when all are sent away", async () => {
    const { after, ask, pace } = makePace();
    const giveUp = new AbortController();
    pace.holdFor(5_000);
    void ask("a", { signal: giveUp.signal });
    void ask("b");
    giveUp.abort();
    expect(await after(0)).toEqual(["a sent_away"]);
    pace.sendAway();
    expect(await after(0)).toEqual(["b sent_away"]);
    expect(await ask("c", { signal: giveUp.signal })).toEqual({ kind: "sent_away" });
  });

  test("in no minute go more calls or tokens than the minute allows and its burst", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), tokens: fc.integer({ min: 1, max: 9_000 }) }), { maxLength: 120 }),
        fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 20 }),
        async (asks, steps) => {
          const { after, ask, clock } = makePace();
          const gone: number[] = [];
          for (const { key, tokens } of asks) {
            void ask(key, { tokens, longestMs: 600_000 }).then(() => gone.push(tokens));
          }
          await after(0);
          for (const ms of steps) {
            await after(ms);
          }
          const elapsedSeconds = clock.nowMs() / 1_000;
          expect(gone.length).toBeLessThanOrEqual(BURST + elapsedSeconds + 1e-6);
          expect(gone.reduce((sum, tokens) => sum + tokens, 0)).toBeLessThanOrEqual((PACE_BURST_SECONDS + elapsedSeconds) * 1_000 + 1e-6);
        },
      ),
      { numRuns: 50 },
    );
  });
});
