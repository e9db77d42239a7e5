import { expect, test } from "vitest";

import { OPENPHONE_SETUP } from "#server/connectors/openphone/setup.ts";

import { BATCH_SIZE, CLAIM_SECONDS } from "./limits.ts";

/** As many act at a time for one club: `inngest/functions/act-on-batch`. */
const BATCHES_AT_ONCE = 6;

test("all batches at one time are done within five seconds at a vendor's pace, and long before their claims end", () => {
  const seconds = (BATCH_SIZE * BATCHES_AT_ONCE) / OPENPHONE_SETUP.limits.requestsPerSecond;
  expect(seconds).toBeLessThan(5);
  expect(seconds).toBeLessThan(CLAIM_SECONDS / 2);
});
