import { expect, test } from "vitest";

import { answerSignIn, askToSignIn, isAskedToSignIn, onSignInAsked } from "#components/lib/sign-in-again.ts";

test("where no page listens nobody is asked, and what waits is told so", async () => {
  expect(await askToSignIn()).toBe(false);
  expect(isAskedToSignIn()).toBe(false);
});

test("two calls at once are one question, answered for both", async () => {
  const leave = onSignInAsked(() => undefined);
  const asked = [askToSignIn(), askToSignIn()];
  expect(isAskedToSignIn()).toBe(true);
  answerSignIn(true);
  expect(await Promise.all(asked)).toEqual([true, true]);
  expect(isAskedToSignIn()).toBe(false);
  leave();
});

test("a page that goes away answers no", async () => {
  const leave = onSignInAsked(() => undefined);
  const asked = askToSignIn();
  leave();
  expect(await asked).toBe(false);
});
