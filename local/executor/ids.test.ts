import fc from "fast-check";
import { expect, test } from "vitest";
import { timeOrderedId } from "./ids.ts";

test("ids sort by their instant and repeat for equal input only", () => {
  const instant = fc.integer({ min: 0, max: 8_640_000_000_000 });
  fc.assert(
    fc.property(instant, instant, fc.string(), fc.string(), (firstMs, secondMs, firstSeed, secondSeed) => {
      const [first, second] = [timeOrderedId(firstMs, firstSeed), timeOrderedId(secondMs, secondSeed)];
      expect(first).toMatch(/^[0-9A-Z]{26}$/);
      expect(first === second).toBe(firstMs === secondMs && firstSeed === secondSeed);
      if (firstMs < secondMs) {
        expect(first < second).toBe(true);
      }
    }),
  );
});
