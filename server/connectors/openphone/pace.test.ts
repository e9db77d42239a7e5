import { expect, test } from "vitest";

import { createTokenBucket } from "../_shared/token-bucket.ts";
import { OPENPHONE_SETUP } from "./setup.ts";

/** Vendor, 2026-10: requests of one key within any second. */
const PER_SECOND = 10;
const CALL_COUNT = 4_000;

/** When each of so many calls goes that are made without a pause. */
const departures = (): readonly number[] => {
  let nowMs = 0;
  const { take } = createTokenBucket(OPENPHONE_SETUP.limits, () => nowMs);
  return Array.from({ length: CALL_COUNT }, () => (nowMs += take()));
};

test("thousands of texts in a row never put eleven calls into one second, and lose less than a twentieth of the vendor's pace", () => {
  const goneAt = departures();
  const tooSoon = goneAt.filter((at, index) => at - (goneAt[index - PER_SECOND] ?? Number.NEGATIVE_INFINITY) < 1_000);
  expect(tooSoon).toEqual([]);
  expect(goneAt.at(-1) ?? Infinity).toBeLessThan((CALL_COUNT / PER_SECOND) * 1_000 * 1.05);
});
