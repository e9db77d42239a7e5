import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import { RECORDED_HOLD_KINDS } from "./facts.ts";
import { decideReferral, decideVotes } from "./referral.ts";
import type { Decider } from "../votes.ts";
import { DEFAULT_PAST_DUE_SETTINGS as PAST_DUE, DEFAULT_REFERRAL_SETTINGS as REFERRAL } from "./settings.ts";

const plan = { kind: "plan", since: hoursAgo(1), until: null } as const;

describe("referral", () => {
  const settings = { referral: REFERRAL, pastDue: PAST_DUE };
  const ripe = { dueMinor: 5_000n, attempts: 3, daysPastDue: 14 };
  const refer = (over: Parameters<typeof debt>[0]) => decideReferral(debt({ ...ripe, ...over }), settings, NOON);

  test.each([
    [{ dueMinor: 0n, isReferred: true }, "nothing_due"],
    [{ isReferred: true, dueMinor: 4_999n }, "referred"],
    [{ dueMinor: 4_999n, attempts: 2 }, "under_bound"],
    [{ attempts: 2, daysPastDue: 13 }, "few_attempts"],
    [{ daysPastDue: 13, holds: [plan] }, "few_days"],
  ] as const)("a debt is not ripe where %o", (over, reason) => {
    expect(refer(over)).toEqual({ kind: "none", reason });
  });

  test("at each of its bounds it is, and whatever holds keeps it back", () => {
    expect(refer({})).toEqual({ kind: "propose" });
    for (const kind of RECORDED_HOLD_KINDS) {
      expect(refer({ holds: [{ kind, since: hoursAgo(1), until: null }] })).toEqual({ kind: "held", reason: kind });
    }
    expect(refer({ balanceReadAt: null })).toEqual({ kind: "held", reason: "stale_balance" });
    expect(refer({ paidClaimAt: hoursAgo(3) })).toEqual({ kind: "held", reason: "paid_claim" });
    expect(refer({ isMinor: true })).toEqual({ kind: "held", reason: "minor" });
  });

  const owner: Decider = { userId: "user_o", role: "owner" };
  const manager: Decider = { userId: "user_m", role: "manager" };
  const staff: Decider = { userId: "user_s", role: "staff" };
  const yes = (userId: string) => ({ userId, isYes: true });
  const no = (userId: string) => ({ userId, isYes: false });

  test("needs two different people, and the owner is the second one where there is one manager", () => {
    const people = [manager, owner, staff];
    expect(decideVotes([], people)).toMatchObject({ kind: "waits", waitsFor: "first" });
    expect(decideVotes([yes("user_m")], people)).toMatchObject({ kind: "waits", waitsFor: "second" });
    expect(decideVotes([yes("user_m"), yes("user_m")], people)).toMatchObject({ waitsFor: "second" });
    expect(decideVotes([yes("user_m"), yes("user_o")], people)).toEqual({ kind: "approved", byUserIds: ["user_m", "user_o"] });
  });

  test("votes of staff, of strangers and of whoever has left count for nothing", () => {
    expect(decideVotes([yes("user_m"), yes("user_s"), yes("user_x"), no("user_s")], [manager, owner, staff])).toMatchObject({
      waitsFor: "second",
    });
    expect(decideVotes([yes("user_m"), yes("user_o")], [owner, staff])).toMatchObject({ waitsFor: "nobody_else" });
  });

  test("one no ends it, also after two who agreed", () => {
    expect(decideVotes([yes("user_m"), yes("user_o"), no("user_o")], [manager, owner])).toEqual({ kind: "rejected", byUserId: "user_o" });
  });

  test("where only one person can decide it waits and says so", () => {
    expect(decideVotes([yes("user_o")], [owner, staff])).toEqual({
      kind: "waits",
      waitsFor: "nobody_else",
      text: "A referral needs two people, and only one person can decide here. It waits until a second manager or the owner has access.",
    });
    expect(decideVotes([], [staff])).toMatchObject({ kind: "waits", waitsFor: "nobody" });
  });

  test("no sequence of votes approves without two deciders who said yes and none who said no", () => {
    const anyVote = fc.record({ userId: fc.constantFrom("user_o", "user_m", "user_n", "user_s", "user_x"), isYes: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(anyVote, { maxLength: 6 }),
        fc.subarray([owner, manager, { ...manager, userId: "user_n" }, staff]),
        (votes, people) => {
          const deciders = people.filter(({ role }) => role === "owner" || role === "manager").map(({ userId }) => userId);
          const isYes = (userId: string): boolean => votes.some((vote) => vote.userId === userId && vote.isYes);
          const isNo = (userId: string): boolean => votes.some((vote) => vote.userId === userId && !vote.isYes);
          const mayGo = deciders.filter(isYes).length >= 2 && !deciders.some(isNo);
          expect(decideVotes(votes, people).kind === "approved").toBe(mayGo);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
