import fc from "fast-check";
import { expect, test } from "vitest";

import { fillSnippet, greetingName, unknownFields } from "./snippets.ts";

const VALUES = { first_name: "Dana", club: "Ironwood Denver", my_name: "Rob" };

test("every field is filled in, with or without blanks, and other words stay as they are", () => {
  expect(fillSnippet("Hi {{first_name}}, {{ my_name }} of {{club}} here. {ok} {{ }}", VALUES)).toBe(
    "Hi Dana, Rob of Ironwood Denver here. {ok} {{ }}",
  );
});

test("a text whose fields are all known has none left, and what is filled in is taken word for word", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 20 }), (text, name) => {
      const filled = fillSnippet(`${text}{{first_name}}`, { ...VALUES, first_name: name });
      expect(unknownFields(text).length > 0 || filled.endsWith(name)).toBe(true);
    }),
  );
  expect(fillSnippet("{{first_name}}", { ...VALUES, first_name: "{{club}} $&" })).toBe("{{club}} $&");
});

test("a field nobody knows is named before it can go out", () => {
  expect(unknownFields("Hi {{firstname}}, {{club}} {{ balance }} {{firstname}}")).toEqual(["firstname", "balance"]);
});

test.each([
  ["Dana Whitlock", "Dana"],
  ["  Zoë-Marie O’Neil", "Zoë-Marie"],
  ["+14155550142", "there"],
  ["", "there"],
])("“%s” is greeted as %s", (name, greeting) => {
  expect(greetingName(name)).toBe(greeting);
});
