import { expect, test } from "vitest";

import { useDatabase } from "#server/testing/db.ts";

import { PAIRINGS_A_SECOND } from "./limits.ts";
import { pairRelay } from "./pair-relay.ts";

useDatabase();

const FINGERPRINT = Array.from({ length: 32 }, () => "AB").join(":");
const tried = (): Promise<unknown> =>
  pairRelay({ code: "AAAA-AAAA", fingerprint: FINGERPRINT, version: "1" }).catch((error: unknown) => error);

test("whoever tries codes in a hurry is told to wait, and keeps nobody out for longer than a moment", async () => {
  const hurried = await Promise.all(Array.from({ length: PAIRINGS_A_SECOND * 20 }, tried));
  const judged = hurried.filter((error) => expect.objectContaining({ code: "not_found" }).asymmetricMatch(error));
  const refused = hurried.filter((error) => expect.objectContaining({ code: "limit_exceeded" }).asymmetricMatch(error));
  expect(judged).toHaveLength(PAIRINGS_A_SECOND);
  expect(refused).toHaveLength(hurried.length - judged.length);
  await expect.poll(tried, { timeout: 2_000 }).toMatchObject({ code: "not_found" });
});
