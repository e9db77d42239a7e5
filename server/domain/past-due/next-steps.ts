import { dayText, monthDayText, todayIn } from "../calendar-date.ts";
import { formatInTimeZone } from "../local-time.ts";
import type { PastDueFacts } from "./facts.ts";
import { stepOf, type ReminderDecision } from "./ladder.ts";
import type { LockDecision } from "./locks.ts";
import type { ReferralDecision } from "./referral.ts";
import { LOCK_REASONS, REFERRAL_REASONS, REMINDER_REASONS } from "./reasons.ts";
import type { PastDueSettings } from "./settings.ts";

/** `next`: it happens or is asked for by itself; `paused`: something holds; `waits`: a moment has to come; `none`: it does not come to that. */
export type NextStep = {
  readonly about: "reminder" | "door" | "referral";
  readonly kind: "next" | "paused" | "waits" | "none";
  /** A whole sentence. */
  readonly text: string;
};

type Ladder = {
  readonly facts: Pick<PastDueFacts, "dueMinor" | "attempts" | "timeZone">;
  readonly settings: PastDueSettings;
  readonly now: Date;
};

/** What the ladder does next about a debt, and why. */
export const reminderStep = (decision: ReminderDecision, { facts, now, settings }: Ladder): NextStep => {
  const why = REMINDER_REASONS[decision.reason];
  const zone = facts.timeZone;
  switch (decision.kind) {
    case "remind":
      return step("next", `The next run sends a ${decision.tier} reminder: ${why}.${decision.alsoUrgentNote ? ALSO_URGENT : ""}`);
    case "deferred":
      return step(
        "waits",
        `The next reminder is ${stepOf(facts, settings).tier} and waits until ${momentText(decision.until, zone)}: ${why}.`,
      );
    case "held":
      return step("paused", `The ladder is paused: ${why}. ${resumes(decision.until, { now, zone })}`);
    case "ended":
      return step("none", `The ladder has ended after ${facts.attempts} attempts: ${why}.`);
    case "nothing":
      return step("none", `No reminder goes out: ${why}.`);
  }
};

const ALSO_URGENT = " With it come an urgent note and a request to lock the door.";

const step = (kind: NextStep["kind"], text: string): NextStep => ({ about: "reminder", kind, text });

const resumes = (until: Date | null, { now, zone }: { readonly now: Date; readonly zone: string }): string => {
  if (until === null) {
    return "It goes on once that has ended.";
  }
  const sameDay = todayIn(zone, until) === todayIn(zone, now);
  return `It goes on by itself ${sameDay ? `at ${formatInTimeZone(until, zone, "h:mm a")}` : `on ${dayText(todayIn(zone, until))}`}.`;
};

const momentText = (at: Date, zone: string): string => `${monthDayText(todayIn(zone, at))}, ${formatInTimeZone(at, zone, "h:mm a")}`;

/** What happens to one door next, and why. */
export const doorStep = (
  decision: LockDecision,
  { isAutoLockOn, who }: { readonly isAutoLockOn: boolean; readonly who: string },
): NextStep => {
  const about = "door";
  switch (decision.kind) {
    case "none":
      return { about, kind: "none", text: `${who} is not locked out: ${LOCK_REASONS[decision.reason]}.` };
    case "held":
      return { about, kind: "paused", text: `${who} keeps access: ${decision.reasons.map((reason) => LOCK_REASONS[reason]).join(", ")}.` };
    case "warn":
      return { about, kind: "next", text: `The next run of the doors warns ${who}, for ${dayText(decision.namesOn)}.` };
    case "wait":
      return {
        about,
        kind: "waits",
        text: `The lock for ${who} waits: ${decision.reasons.map((reason) => LOCK_REASONS[reason]).join(", ")}.`,
      };
    case "lock":
      return {
        about,
        kind: "next",
        text: isAutoLockOn ? `The next run of the doors locks ${who} out.` : `The next run of the doors asks whether ${who} is locked out.`,
      };
  }
};

/** Whether the debt goes to collections, and why not. */
export const referralStep = (decision: ReferralDecision): NextStep => {
  const about = "referral";
  switch (decision.kind) {
    case "none":
      return { about, kind: "none", text: `No referral: ${REFERRAL_REASONS[decision.reason]}.` };
    case "held":
      return {
        about,
        kind: "paused",
        text: `It would be ripe for collections, and is not proposed: ${REFERRAL_REASONS[decision.reason]}.`,
      };
    case "propose":
      return { about, kind: "next", text: "The next referral run puts the case before two people." };
  }
};
