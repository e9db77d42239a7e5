import { expect, test } from "vitest";

import { createRateLimiter } from "./rate-limiter.ts";

test("ten calls fit into any second, key by key", () => {
  let nowMs = 0;
  const limiter = createRateLimiter({ perSecond: 10, nowMs: () => nowMs });
  const admitted = (key: string, count: number) => Array.from({ length: count }, () => limiter.admit(key)).filter(Boolean).length;
  expect(admitted("a", 12)).toBe(10);
  expect(admitted("b", 3)).toBe(3);
  nowMs = 999;
  expect(admitted("a", 1)).toBe(0);
  nowMs = 1_000;
  expect(admitted("a", 12)).toBe(10);
});
