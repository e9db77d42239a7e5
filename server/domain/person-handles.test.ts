import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { factLines, firstNamesOnly, handlesIn, withoutHandles } from "./person-handles.ts";

const BODY = [..."0123456789abcdefghjkmnpqrstvwxyz"];
const handle = fc
  .tuple(
    fc.constantFrom("m", "p"),
    fc.constantFrom(..."01234567"),
    fc.string({ unit: fc.constantFrom(...BODY), minLength: 31, maxLength: 31 }),
  )
  .map(([letter, first, rest]) => `${letter}_${first}${rest}`);
const word = fc.constantFrom("owes", "and", "$12.50", "m_short", "mem_01jd8x0c9hf5x8e4k1t2v3w4y5", "?");

describe("handles in a text", () => {
  test("are all found, wherever they stand, and none is left over", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(handle, word), { maxLength: 12 }), (parts) => {
        const text = parts.join(" ");
        expect(handlesIn(text)).toEqual([...new Set(parts.filter((part) => part.length === 34))]);
        expect(withoutHandles(text, () => "X")).toBe(parts.map((part) => (part.length === 34 ? "X" : part)).join(" "));
      }),
    );
  });
});

describe("a result for the model", () => {
  test("keeps of a name beside a handle the first word, however deep it stands", () => {
    fc.assert(
      fc.property(handle, fc.integer({ min: 0, max: 6 }), (person, depth) => {
        let value: unknown = { person, name: "Dana Quetzalcoatl Pike", owes: "$5.00" };
        for (let level = 0; level < depth; level += 1) {
          value = level % 2 === 0 ? { sample: [value] } : { in: value };
        }
        const kept = JSON.stringify(firstNamesOnly(value));
        expect(kept).toContain('"Dana"');
        expect(kept).not.toMatch(/Quetzalcoatl|Pike/);
      }),
    );
  });

  test("lends facts and no names", () => {
    expect(factLines({ count: 2, total: null, sample: [{ person: "m_1", name: "May", owes: "$5.00" }] })).toEqual([
      "count: 2",
      "owes: $5.00",
    ]);
  });
});
