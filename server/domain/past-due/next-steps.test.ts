import fc from "fast-check";
import { expect, test } from "vitest";

import { anyDebt, debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import { decideReminder } from "./ladder.ts";
import { decideLock } from "./locks.ts";
import { doorStep, referralStep, reminderStep } from "./next-steps.ts";
import { decideReferral } from "./referral.ts";
import { DEFAULT_DOOR_ACCESS_SETTINGS, DEFAULT_PAST_DUE_SETTINGS, DEFAULT_REFERRAL_SETTINGS } from "./settings.ts";

const settings = DEFAULT_PAST_DUE_SETTINGS;
const told = (facts: Parameters<typeof decideReminder>[0]) =>
  reminderStep(decideReminder(facts, settings, NOON), { facts, settings, now: NOON });

test("a promise pauses the ladder, and it is said until when", () => {
  const holds = [{ kind: "promise", since: hoursAgo(1), until: new Date("2026-11-27T05:00:00Z") }] as const;
  expect(told(debt({ holds }))).toEqual({
    about: "reminder",
    kind: "paused",
    text: "The ladder is paused: this person promised to pay. It goes on by itself on Friday, November 27.",
  });
  expect(told(debt({ holds: [{ kind: "dispute", since: hoursAgo(1), until: null }] })).text).toBe(
    "The ladder is paused: the debt is disputed. It goes on once that has ended.",
  );
});

test("the next reminder is named with its reason, or with the moment it waits for", () => {
  expect(told(debt()).text).toBe("The next run sends a firm reminder: the amount decides how firm it is.");
  expect(told(debt({ billingTextsAt: [hoursAgo(24)] })).text).toBe(
    "The next reminder is firm and waits until November 23, 12:00 PM: the last text about money is too recent.",
  );
  expect(told(debt({ attempts: 6 })).text).toBe(
    "The ladder has ended after 6 attempts: all reminders were sent, a manager decides what comes next.",
  );
});

test("for every debt each of the three says one whole sentence and the kind that its decision has", () => {
  const lock = { door: DEFAULT_DOOR_ACCESS_SETTINGS, pastDue: settings };
  fc.assert(
    fc.property(anyDebt, fc.boolean(), (facts, isAutoLockOn) => {
      const door = decideLock(facts, lock, NOON);
      const referral = decideReferral(facts, { referral: DEFAULT_REFERRAL_SETTINGS, pastDue: settings }, NOON);
      const steps = [told(facts), doorStep(door, { isAutoLockOn, who: "Dana" }), referralStep(referral)];
      for (const { text } of steps) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(text).not.toContain("undefined");
      }
      expect(steps.map(({ kind }) => kind === "paused")).toEqual([
        decideReminder(facts, settings, NOON).kind === "held",
        door.kind === "held",
        referral.kind === "held",
      ]);
    }),
  );
});
