import { expect, test } from "vitest";

import { isCommonPassword, NewPassword, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "./new-password.ts";

test.each([
  "password",
  "Password1",
  "P@ssw0rd!",
  "qwertyuiop",
  "12345678",
  "87654321",
  "aaaaaaaa",
  "abcabcabc",
  "Summer2026!",
  "fitness123",
  "1qaz2wsx",
  "zyxwvuts",
  "!!letmein!!",
])("refuses %s, which a stranger would try", (password) => {
  expect(isCommonPassword(password)).toBe(true);
  expect(NewPassword.safeParse(password).success).toBe(false);
});

test.each(["spot-me-please", "larkspur at dawn", "rack-the-weights-94", "mQ8vTz2k", "summer in the cellar"])("accepts %s", (password) => {
  expect(NewPassword.parse(password)).toBe(password);
});

test("length is bounded at both ends", () => {
  const phrase = "bench seven by the cold window ";
  expect(NewPassword.safeParse(phrase.slice(0, PASSWORD_MIN_LENGTH - 1)).success).toBe(false);
  expect(NewPassword.safeParse(phrase.slice(0, PASSWORD_MIN_LENGTH)).success).toBe(true);
  expect(NewPassword.safeParse(`${phrase}x`.repeat(9).slice(0, PASSWORD_MAX_LENGTH + 1)).success).toBe(false);
});
