import fc from "fast-check";
import { expect, test } from "vitest";

import { inEnglish, unreadIn } from "./in-english.ts";
import SPANISH from "./lexicon/spanish.json" with { type: "json" };

test.each([
  ["¿A qué hora abren los sábados?", /what time .*open.* saturday/],
  ["cuanto cuesta el pase de un dia", /how much .*day pass/],
  ["TIENEN REGADERAS", /have showers/],
  ["puedo llevar a un amigo el martes a las 6 de la tarde?", /can i bring .*tuesday .*6/],
])("%j is %s", (spanish, english) => {
  expect(inEnglish(spanish)).toMatch(english);
});

test("a day of the month is a day, an hour is not", () => {
  expect(inEnglish("a que hora cierran el 24?")).toContain("24th");
  expect(inEnglish("abren el jueves 25")).toContain("25th");
  expect(inEnglish("cierran el 24 de diciembre")).toContain("december 24");
  expect(inEnglish("abren el 5 de mayo")).toContain("may 5");
  expect(inEnglish("la clase del 6:30")).not.toMatch(/\dth/);
});

test("a word that neither the table nor the club knows is told apart", () => {
  expect(unreadIn("hola, tienen xilofono?", new Set())).toEqual(["xilofono"]);
  expect(unreadIn("hola, tienen xilofono?", new Set(["xilofono"]))).toEqual([]);
});

test("no word of the table takes a no away or adds somebody", () => {
  const wrong = Object.entries(SPANISH).flatMap(([english, line]) =>
    line
      .split(", ")
      .filter((phrase) => /^(?:ya )?no (?:me|te|le|nos|les) (?:han|avis|dij)/.test(phrase) && !/\b(?:no|not|never)\b|n't/.test(english)),
  );
  expect(wrong).toEqual([]);
  expect(inEnglish("mi mamá puede usar el gym")).not.toMatch(/son|kid/);
  expect(inEnglish("la inscripción se hace en línea")).not.toContain("fee");
});

test("figures, links and what is no Spanish stay as they are written", () => {
  expect(inEnglish("zumba 6:30 pm, $49.99, Ironwood")).toBe("zumba 6:30 pm, $49.99, ironwood");
  const kept: fc.Arbitrary<string> = fc.constantFrom("6:30", "$49.99", "12", "xyzzy");
  const spanish = fc.constantFrom("cuanto", "cuesta", "la", "clase", "¿", "?", "\n");
  fc.assert(
    fc.property(fc.array(fc.oneof<fc.Arbitrary<string>[]>(kept, spanish)), (words) => {
      const english = inEnglish(words.join(" "));
      const wanted = words.filter((word) => /^(?:\$?\d|xyzzy)/.test(word));
      expect(english.split(/[\s?]+/).filter((word) => wanted.includes(word))).toEqual(wanted);
    }),
  );
});

test("any text is read, and no phrase reaches over the end of a sentence", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => typeof inEnglish(text) === "string"));
  expect(inEnglish("quiero un pase. de un dia")).not.toContain("day pass");
});

test("each phrase stands in the table once, in small letters without accents", () => {
  const phrases = Object.values(SPANISH).flatMap((line) => line.split(", "));
  expect(new Set(phrases).size).toBe(phrases.length);
  expect(phrases.filter((phrase) => !/^[a-z0-9]+(?: [a-z0-9]+){0,4}$/.test(phrase))).toEqual([]);
});
