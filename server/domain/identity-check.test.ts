import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CODE_MASK, checkLine, isNamed, maskOwnCodes, readClaim, readCode } from "./identity-check.ts";

const DANA = { firstName: "Dana", lastName: "Ruiz" };

describe("who somebody says they are", () => {
  test.each([
    ["Dana Ruiz 3/4/1990", ["1990-03-04", "1990-04-03"], null],
    ["I'm Dana Ruiz, born March 4, 1990", ["1990-03-04"], null],
    ["my name is dana ruiz. dob 1990-03-04", ["1990-03-04"], null],
    ["Soy Dana Ruiz, nací el 4 de marzo de 1990", ["1990-03-04"], null],
    ["dana ruiz Dana@Mail.Example", [], "dana@mail.example"],
    ["Dana Ruiz 25/12/1990", ["1990-12-25"], null],
  ])("%s", (text, birthDates, email) => {
    const claim = readClaim(text);
    expect(claim).toMatchObject({ birthDates, email });
    expect(claim !== null && isNamed(claim, DANA)).toBe(true);
    expect(claim !== null && isNamed(claim, { firstName: "Dan", lastName: "Ruiz" })).toBe(false);
  });

  test.each([
    "Dana Ruiz",
    "3/4/1990",
    "what do I owe?",
    "Dana Ruiz 2/30/1990",
    "Dana Ruiz 3/4/1990 or 3/5/1990",
    "Ann Bob Carl Dana Ruiz Eve Finn Gail 3/4/1990",
  ])("nothing is claimed by: %s", (text) => {
    expect(readClaim(text)).toBeNull();
  });

  test("accents and hyphens make no other person", () => {
    const claim = readClaim("Jose Peña-Ruiz 1990-03-04");
    expect(claim !== null && isNamed(claim, { firstName: "José", lastName: "Pena Ruiz" })).toBe(true);
    expect(claim !== null && isNamed(claim, { firstName: "José", lastName: "" })).toBe(false);
  });

  test("no text makes it fail", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => [null, "object"].includes(readClaim(text) === null ? null : "object")));
  });
});

describe("a code", () => {
  test.each([
    ["123456", "123456"],
    ["it's 123 456, thanks", "123456"],
    ["123-456", "123456"],
    ["１２３４５６", "123456"],
    ["123456 or 654321", null],
  ])("in %s", (text, code) => {
    const read = readCode(text);
    expect(read?.code).toBe(code);
    expect(read?.masked).not.toMatch(/\d{3}/u);
  });

  test.each(["1234567", "12345", "call me"])("is not in %s", (text) => {
    expect(readCode(text)).toBeNull();
  });

  test("of ours is never kept, in whatever language it was sent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom("en" as const, "es" as const), (number, language) => {
        const code = String(number).padStart(6, "0");
        const line = checkLine("code", { clubName: "Ironwood Denver", language });
        expect(maskOwnCodes(line.replace(CODE_MASK, code))).toBe(line);
      }),
    );
  });
});
