import { expect, test } from "vitest";

import { refusalOfValue, tidyValue, VALUE_MAX_CHARACTERS, type FieldRule } from "./setup-values.ts";

const field = (kind: FieldRule["kind"], over: Partial<FieldRule> = {}): FieldRule => ({
  name: "it",
  label: "It",
  kind,
  isRequired: true,
  ...over,
});
const choices = [{ value: "eu", label: "Europe" }];

test.each([
  [field("text"), "", "It is needed"],
  [field("text", { isRequired: false }), "", null],
  [field("text"), "x".repeat(VALUE_MAX_CHARACTERS + 1), "It is too long"],
  [field("secret"), "anything at all", null],
  [field("number"), "12", null],
  [field("number"), "12a", "It must be a number"],
  [field("address"), "https://door.club.example:12445", null],
  [field("address"), "http://door.club.example", "It must begin with https://"],
  [field("address"), "https://", "It must begin with https://"],
  [field("choice", { choices }), "eu", null],
  [field("choice", { choices }), "us", "It must be one of the choices"],
  [field("switch"), "on", null],
  [field("switch"), "true", "It must be on or off"],
])("a value is judged by its field alone: %o with %j", (rule, value, refusal) => {
  expect(refusalOfValue(rule, value)).toBe(refusal);
});

test("what pasting adds is taken away, and nothing that may belong to a password", () => {
  expect(tidyValue("text", "  PN123\n")).toBe("PN123");
  expect(tidyValue("secret", "\n pass word \r\n")).toBe(" pass word ");
});
