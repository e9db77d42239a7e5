import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";

import { describeFailure, failureCode } from "#components/lib/failure.ts";

const refused = (code: string, message: string) =>
  new TRPCClientError(message, { result: { error: { code: -32_000, message, data: { code, httpStatus: 409 } } } });

test("a refusal of the domain speaks in its own words", () => {
  const failure = describeFailure(refused("CONFLICT", "approval is no longer open"));
  expect(failure.title).toBe("Approval is no longer open");
  expect(failure.advice).toContain("Somebody was faster");
});

test("a schema's complaint is not shown as JSON", () => {
  expect(describeFailure(refused("BAD_REQUEST", '[{"path":["text"]}]')).title).toBe("That did not work");
});

test("a server that was not reached has no code and is not blamed on the user", () => {
  const error = new TypeError("fetch failed");
  expect(failureCode(error)).toBeUndefined();
  expect(describeFailure(error).title).toBe("The server could not be reached");
});
