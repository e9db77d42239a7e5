import { env } from "#server/platform/env.ts";
import { decode } from "next-auth/jwt";
import { expect, test } from "vitest";

import { claimsFor, decodeSession, encodeSession, readSession, SESSION_HOURS } from "./session-token.ts";

const SECRET = env.NEXTAUTH_SECRET;
const SEED = { userId: "user_01h45ytscbebyvny4gc8cr8ma2", sessionVersion: 3 } as const;
const HOUR_MS = 3_600_000;

/** A session knows its beginning to the second. */
const START = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const SESSION = { ...SEED, startedAt: START };
const hoursLater = (hours: number): Date => new Date(START.getTime() + hours * HOUR_MS);
const tokenAt = (hours: number): Promise<string> => encodeSession({ token: claimsFor(SEED, START), secret: SECRET }, hoursLater(hours));

test("a session says who and which version and when it began, and nothing else", async () => {
  const payload = await decode({ token: await tokenAt(0), secret: SECRET });
  expect(Object.keys(payload ?? {}).toSorted()).toEqual(["exp", "iat", "jti", "sessionVersion", "startedAtSeconds", "userId"]);
  expect(await readSession(await tokenAt(0), START)).toEqual(SESSION);
});

test("it ends at its hour and keeps its beginning, also when it was written anew in between", async () => {
  for (const renewedAfter of [0, 6, 11]) {
    const token = await tokenAt(renewedAfter);
    expect(await readSession(token, hoursLater(SESSION_HOURS - 0.01))).toEqual(SESSION);
    expect(await readSession(token, hoursLater(SESSION_HOURS))).toBeNull();
  }
  const renewed = await decode({ token: await tokenAt(11), secret: SECRET });
  const hoursLeft = (Number(renewed?.["exp"]) * 1_000 - START.getTime()) / HOUR_MS;
  expect(hoursLeft).toBeLessThan(1.01);
});

test("a token of another secret, a changed one, one of another shape and none are no session", async () => {
  const token = await tokenAt(0);
  expect(await decodeSession({ token, secret: "another secret" }, START)).toBeNull();
  // Not the last character: some of its bits are padding, and a change of those alone is none.
  const changed = token.replace(/.(?=.{10}$)/, (character) => (character === "x" ? "y" : "x"));
  expect(await readSession(changed, START)).toBeNull();
  expect(await readSession("not.a.token", START)).toBeNull();
  expect(await readSession("", START)).toBeNull();
  expect(await readSession(undefined, START)).toBeNull();
});

test("claims of another shape cannot become a session", async () => {
  await expect(encodeSession({ token: { sub: "user_1" }, secret: SECRET }, START)).rejects.toThrow();
});
