import { expect, test } from "vitest";

import {
  FAILURES_PER_EMAIL,
  FAILURES_PER_SOURCE,
  minutesToWait,
  TRIES_PER_MINUTE,
  WINDOW_MINUTES,
  type SignInTry,
} from "./sign-in-limits.ts";

const NOW = new Date("2026-11-21T18:00:00Z");
const before = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

const failed = (secondsAgo: number, sourceKey = "here"): SignInTry => ({ sourceKey, hasSucceeded: false, at: before(secondsAgo) });
const succeeded = (secondsAgo: number, sourceKey = "here"): SignInTry => ({ sourceKey, hasSucceeded: true, at: before(secondsAgo) });
const times = (count: number, make: (index: number) => SignInTry): SignInTry[] => Array.from({ length: count }, (_, index) => make(index));

const wait = (tries: readonly SignInTry[], more: { isKnownSource?: boolean; triesInLastMinute?: number } = {}): number =>
  minutesToWait({ tries, sourceKey: "here", isKnownSource: false, triesInLastMinute: 0, now: NOW, ...more });

test("one failure less than the limit may try again, the limit may not", () => {
  expect(wait([])).toBe(0);
  expect(wait(times(FAILURES_PER_SOURCE - 1, failed))).toBe(0);
  expect(wait(times(FAILURES_PER_SOURCE, failed))).toBe(WINDOW_MINUTES);
});

test("the wait is told in whole minutes, never zero, and ends when the oldest counted failure leaves the window", () => {
  expect(wait(times(5, () => failed(14 * 60)))).toBe(1);
  expect(wait(times(5, () => failed(15 * 60 - 1)))).toBe(1);
  expect(wait(times(5, () => failed(15 * 60)))).toBe(0);
  expect(wait(times(5, () => failed(5 * 60)))).toBe(10);
  expect(wait([failed(14 * 60), ...times(5, () => failed(60))])).toBe(14);
});

test("failures from elsewhere do not make this place wait until the address itself is at its limit", () => {
  expect(wait(times(FAILURES_PER_EMAIL - 1, (index) => failed(60, `there-${index}`)))).toBe(0);
  expect(wait(times(FAILURES_PER_EMAIL, (index) => failed(60, `there-${index}`)))).toBe(14);
});

test("a place that signed in lately is not locked out by strangers, but still by its own failures", () => {
  const strangers = times(200, (index) => failed(60, `there-${index}`));
  expect(wait(strangers, { isKnownSource: true })).toBe(0);
  expect(wait([...strangers, ...times(5, () => failed(60))], { isKnownSource: true })).toBe(14);
});

test("a success redeems the one try that led to it and no earlier failure", () => {
  const signedInOften = times(40, (index) => (index % 2 === 0 ? failed(800 - index) : succeeded(800 - index)));
  expect(wait(signedInOften)).toBe(0);
  const guessing = [...times(5, (index) => failed(100 - index)), succeeded(90)];
  expect(wait(guessing)).toBe(0);
  expect(wait([...guessing, failed(80)])).toBe(14);
});

test("a success elsewhere redeems nothing here", () => {
  expect(wait([...times(5, () => failed(120)), succeeded(60, "there")])).toBe(13);
});

test("a try and its success within the same millisecond are told apart", () => {
  expect(wait([...times(4, () => failed(60)), succeeded(30), failed(30), failed(20)])).toBe(14);
  expect(wait([...times(4, () => failed(60)), succeeded(30), failed(30)])).toBe(0);
});

test("the whole installation slows down at its limit, except for known places", () => {
  expect(wait([], { triesInLastMinute: TRIES_PER_MINUTE - 1 })).toBe(0);
  expect(wait([], { triesInLastMinute: TRIES_PER_MINUTE })).toBe(1);
  expect(wait([], { triesInLastMinute: TRIES_PER_MINUTE, isKnownSource: true })).toBe(0);
});
