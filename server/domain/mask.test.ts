import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { maskJson } from "./mask.ts";

const names = ["Robin Hale"];

describe("what a page of a run shows of a tool's words", () => {
  it("has neither name, number, address nor amount of anybody", () => {
    const shown = JSON.stringify(
      maskJson(
        {
          who: "Robin Hale",
          firstName: "Robin",
          said: "Robin owes $45.00, call (303) 555-0142 or robin@people.example",
          balanceMinor: 4_500,
          nested: [{ phone: "+13035550142", email: "robin@people.example", dateOfBirth: "1990-01-01" }],
        },
        { names },
      ),
    );
    for (const secret of ["Robin", "Hale", "45.00", "4500", "555", "people.example", "1990"]) {
      expect(shown, secret).not.toContain(secret);
    }
  });

  it("keeps the shape and every plain word, whatever the value", () => {
    expect(maskJson({ kind: "balance_read", isFresh: true, count: 3, none: null }, { names })).toEqual({
      kind: "balance_read",
      isFresh: true,
      count: 3,
      none: null,
    });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const shown = maskJson(value, { names });
        expect(Array.isArray(shown)).toBe(Array.isArray(value));
        expect(typeof shown === "object").toBe(typeof value === "object");
      }),
    );
  });
});
