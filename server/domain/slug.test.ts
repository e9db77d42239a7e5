import fc from "fast-check";
import { expect, test } from "vitest";

import { slugOf } from "./slug.ts";

test.each([
  ["Ironwood Denver", "ironwood-denver"],
  ["  Müller's Gym,  Bern! ", "mullers-gym-bern"],
  ["Sign up", "club-sign-up"],
  ["API", "club-api"],
  ["日本", "club"],
])("%s reads %s in an address", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("whatever the name, the address is short, plain and no page of our own", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (name) => {
      expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slugOf(name).length).toBeLessThanOrEqual(45);
      expect(["api", "sign-in", "sign-up", "start", "settings"]).not.toContain(slugOf(name));
    }),
  );
});
