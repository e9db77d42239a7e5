import fc from "fast-check";
import { expect, test } from "vitest";

import type { Actor } from "#server/domain/actor.ts";
import { assertRecentSignIn, isRecentSignIn, RECENT_SIGN_IN_MINUTES } from "#server/domain/recent-sign-in.ts";

const NOW = new Date("2026-11-21T13:00:00.000Z");
const before = (ms: number): Date => new Date(NOW.getTime() - ms);

test("a sign-in counts to the very end of its quarter of an hour, and not a millisecond longer", () => {
  const lastMs = RECENT_SIGN_IN_MINUTES * 60_000;
  expect(isRecentSignIn(before(lastMs), NOW)).toBe(true);
  expect(isRecentSignIn(before(lastMs + 1), NOW)).toBe(false);
  fc.assert(fc.property(fc.integer({ min: -60_000, max: lastMs }), (ms) => isRecentSignIn(before(ms), NOW)));
  fc.assert(fc.property(fc.integer({ min: lastMs + 1, max: 1e12 }), (ms) => !isRecentSignIn(before(ms), NOW)));
});

test("nobody but a person who signed in has signed in", () => {
  const staff: Actor = { kind: "staff", userId: "user_01h45ytscbebyvny4gc8cr8ma2", name: "Mo", role: "owner", signedInAt: NOW };
  expect(() => assertRecentSignIn(staff, NOW)).not.toThrow();
  const others: readonly Actor[] = [
    { ...staff, signedInAt: null },
    { kind: "agent", runId: "run_01h45ytscbebyvny4gc8cr8ma2" },
    { kind: "workflow", runId: "wfr_x" },
    { kind: "webhook", connectionId: "conn_01h45ytscbebyvny4gc8cr8ma2" },
    { kind: "system", job: "sweep" },
  ];
  for (const actor of others) {
    expect(() => assertRecentSignIn(actor, NOW)).toThrow(expect.objectContaining({ code: "sign_in_required" }));
  }
});
