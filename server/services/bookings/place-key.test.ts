import fc from "fast-check";
import { expect, test } from "vitest";

import { placeKey } from "./place-key.ts";

test.each([
  ["Bay 3", "bay 3"],
  ["bay #03", "bay 3"],
  ["BAY-3", "bay 3"],
  ["Bay3", "bay 3"],
  ["3", "bay 3"],
  ["Studio A", "studio a"],
  ["Bay 30", "bay 30"],
  [" – ", null],
])("%s is compared as %s", (place, key) => {
  expect(placeKey(place)).toBe(key);
});

test("two bays of different numbers are never one", () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.constantFrom("Bay ", "bay #", "BAY-0", ""), (first, second, words) => {
      expect(placeKey(`${words}${first}`) === placeKey(`Bay ${second}`)).toBe(first === second);
    }),
  );
});

test("a spelling is its own", () => {
  fc.assert(
    fc.property(fc.string(), (place) => {
      const key = placeKey(place);
      expect(key === null || placeKey(key) === key).toBe(true);
    }),
  );
});
