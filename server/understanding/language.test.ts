import { expect, test } from "vitest";

import { detectLanguage } from "./language.ts";
import { tokenize } from "./tokens.ts";

test.each([
  ["yo got two friends coming which bay", "en"],
  ["yo any lockers left", "en"],
  ["yo quiero un pase", "es"],
  ["a que hora abren", "es"],
  ["bonjour, quelle heure", "fr"],
])("%s is in %s", (text, tag) => {
  expect(
    detectLanguage(
      text,
      tokenize(text).map(({ word }) => word),
    ),
  ).toBe(tag);
});
