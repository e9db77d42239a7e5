import { expect, test } from "vitest";

import { retryAfterSeconds } from "./retry-after.ts";

const of = (headers: Record<string, string>) => retryAfterSeconds(new Headers(headers));

test("a wait is read from seconds and from dates, against the vendor's own clock", () => {
  expect(of({ "retry-after": "17" })).toBe(17);
  expect(of({ "retry-after": "0.2" })).toBe(1);
  expect(of({ "retry-after": "Sat, 21 Nov 2026 15:00:30 GMT", date: "Sat, 21 Nov 2026 15:00:00 GMT" })).toBe(30);
});

test("a wait stays between a second and an hour, and nonsense is no wait", () => {
  expect(of({ "retry-after": "999999" })).toBe(3_600);
  expect(of({ "retry-after": "0" })).toBe(1);
  expect(of({ "retry-after": "soon" })).toBeUndefined();
  expect(of({ "retry-after": "Sat, 21 Nov 2026 15:00:30 GMT" })).toBeUndefined();
  expect(of({})).toBeUndefined();
});
