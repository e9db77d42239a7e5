import fc from "fast-check";
import { expect, test } from "vitest";

import { excerptAround, searchWords } from "./search-words.ts";

test("whatever is typed becomes words of letters and figures, which can say nothing to the database", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), (search) => {
      expect(searchWords(search).every((word) => /^[\p{L}\p{N}]+$/u.test(word))).toBe(true);
      expect(searchWords(search).length).toBeLessThanOrEqual(8);
    }),
  );
  expect(searchWords("Key-fob KEY 19.99 'or'; --")).toEqual(["key", "fob", "19", "99", "or"]);
});

test("an excerpt shows a word that was found, and is no longer than a line", () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 80, mode: "words" }), fc.nat(79), (text, index) => {
      const all = text.split(" ");
      const word = all[index % all.length] ?? "";
      const excerpt = excerptAround(text, [word.toLowerCase()]);
      expect(excerpt.toLowerCase()).toContain(word.toLowerCase());
      expect(excerpt.length).toBeLessThanOrEqual(122);
    }),
  );
});

test("a word inside another one is not what was meant, and a text without any of them is shown from its beginning", () => {
  const text = `${"the monkey sat ".repeat(10)}by the key`;
  expect(excerptAround(text, ["key"])).toMatch(/^….*by the key$/);
  expect(excerptAround("nothing of it here", ["key"])).toBe("nothing of it here");
});
