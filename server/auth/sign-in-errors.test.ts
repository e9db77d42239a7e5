import { expect, test } from "vitest";

import { signInMessage, TOO_MANY_TRIES, UNAVAILABLE } from "./sign-in-errors.ts";

test("says how long to wait", () => {
  expect(signInMessage(`${TOO_MANY_TRIES}12`)).toBe("Too many tries. Wait 12 minutes, then try again.");
  expect(signInMessage(`${TOO_MANY_TRIES}1`)).toBe("Too many tries. Wait a minute, then try again.");
  expect(signInMessage(`${TOO_MANY_TRIES}soon`)).toBe("Too many tries. Wait a few minutes, then try again.");
});

test("never repeats what stands in the address", () => {
  const planted = "<script>alert(1)</script> call 303 555 0100";
  expect(signInMessage(planted)).toBe("Signing in did not work. Try again.");
});

test("a refusal does not tell what was wrong", () => {
  expect(signInMessage("CredentialsSignin")).not.toMatch(/unknown|exist|disabled|closed|archived/i);
  expect(signInMessage(UNAVAILABLE)).toMatch(/try again/);
});
