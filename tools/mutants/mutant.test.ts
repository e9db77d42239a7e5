import { expect, test } from "vitest";

import { mutate } from "./mutant.ts";

const mutant = { file: "a.ts", find: "throw refusal();", replace: "", removes: "the check", fault: "a wrong signature" };

test("the place is taken away and everything else stays, also where it holds signs of a pattern", () => {
  expect(mutate("if (x) {\n  throw refusal();\n}", mutant)).toBe("if (x) {\n  \n}");
  expect(mutate("a $1 b", { ...mutant, find: "$1", replace: "$&" })).toBe("a $& b");
});

test("a list that is out of date says so", () => {
  expect(() => mutate("nothing of the kind", mutant)).toThrow("holds 0 times");
  expect(() => mutate("throw refusal(); throw refusal();", mutant)).toThrow("holds 2 times");
});
