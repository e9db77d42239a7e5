import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { keepsFigures, keepsLinks } from "./translation-checks.ts";
import { foreignLanguage, languageName } from "./translation.ts";

describe("a translation", () => {
  test("keeps every figure, in whatever order, and none is added, lost or changed", () => {
    expect(keepsFigures("Open at 9, costs $45.50", "Cuesta 45,50 $ y abre a las 9")).toBe(true);
    expect(keepsFigures("Open at 9", "Abre a las nueve")).toBe(false);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9_999 }), { maxLength: 6 }), fc.nat({ max: 9_999 }), (figures, other) => {
        const text = (numbers: readonly number[]) => numbers.map((number) => `at ${number} or`).join(" ");
        expect(keepsFigures(text(figures), text(figures.toReversed()))).toBe(true);
        expect(keepsFigures(text(figures), text([...figures, other]))).toBe(false);
        expect(keepsFigures(text([...figures, other]), text([...figures, other + 1]))).toBe(false);
      }),
    );
  });

  test("keeps every link", () => {
    expect(keepsLinks("Pay at https://pay.example/a now", "Pague en https://pay.example/a ahora")).toBe(true);
    expect(keepsLinks("Pay now", "Pague en https://evil.example/a")).toBe(false);
  });

  test("is offered where a text is surely in another language, and nowhere else", () => {
    expect(foreignLanguage("hola, cuando abren la piscina manana?", "en")).toBe("es");
    expect(foreignLanguage("when do you open the pool tomorrow?", "en")).toBeNull();
    expect(foreignLanguage("ok", "en")).toBeNull();
    expect(languageName("es")).toBe("Spanish");
  });
});
