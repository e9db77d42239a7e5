import "server-only";

import { dayText } from "#server/domain/calendar-date.ts";
import { decideLock, decideUnlock } from "#server/domain/past-due/locks.ts";
import type { DoorAccessSettings } from "#server/domain/past-due/settings.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import { defineWorkflow, type DecidedAt, type Verdict } from "#server/services/workflows/define.ts";
import { lockDoor, unlockDoor, warn } from "#server/services/workflows/door-access/acts.ts";
import { doorLines, settleDoors } from "#server/services/workflows/door-access/report.ts";
import { doorSubjects, type DoorSubject } from "#server/services/workflows/door-access/subjects.ts";

/** Pure. First who is let in again, then who is warned or locked out. */
const decide = (subject: DoorSubject, door: DoorAccessSettings, { now, run }: DecidedAt): Verdict => {
  const { facts, firstName, pastDue } = subject;
  const amountMinor = facts.dueMinor > 0n ? facts.dueMinor : 0n;
  const unlock = subject.unlock ?? unlockByRule(subject, now);
  if (unlock !== null) {
    return {
      kind: "act",
      act: { action: "unlock", group: "unlock", reason: unlock, templateKey: null, fields: { first_name: firstName }, amountMinor },
    };
  }
  if (subject.hasOpenPlan) {
    return { kind: "skip", reason: "already_planned", group: null, amountMinor };
  }
  const decision = decideLock(facts, { door, pastDue }, now);
  switch (decision.kind) {
    case "none":
      return { kind: "skip", reason: decision.reason, group: null, amountMinor };
    case "held":
      return { kind: "suppress", reason: decision.reasons[0] ?? "stale_balance", group: "lock", amountMinor };
    case "wait":
      return { kind: "skip", reason: decision.reasons[0] ?? "date_ahead", group: "lock", amountMinor };
    case "warn":
      return {
        kind: "act",
        act: {
          action: "message",
          group: "warning",
          reason: "lock_warning_due",
          templateKey: "lock_warning",
          fields: {
            first_name: firstName,
            club_name: run.club.name,
            ...(run.club.phone === null ? {} : { club_phone: run.club.phone }),
            lock_date: dayText(decision.namesOn),
          },
          amountMinor,
        },
      };
    case "lock":
      return {
        kind: "act",
        act: {
          action: "lock",
          group: "lock",
          reason: "lock_due",
          templateKey: null,
          // By which the run's locks are put into their order.
          fields: { first_name: firstName, due_since: `${facts.daysPastDue}` },
          amountMinor,
        },
      };
  }
};

/** Of whoever is met among those who owe; they were asked about in the first page, unless something came since. */
const unlockByRule = ({ facts }: DoorSubject, now: Date) => {
  const decision = facts.balanceReadAt === null ? { kind: "none" as const } : decideUnlock(facts, { isToldByPerson: false, now });
  return decision.kind === "unlock" && decision.reason !== "person" ? decision.reason : null;
};

/** Doors are locked for what is owed, after a warning, and unlocked as soon as it is paid. */
export const doorAccess = defineWorkflow<DoorSubject, DoorAccessSettings>({
  kind: "door_access",
  settings: WORKFLOW_SETTINGS.door_access,
  approval: "first_run",
  subjects: doorSubjects,
  decide,
  actions: { message: warn, lock: lockDoor, unlock: unlockDoor },
  onSettled: settleDoors,
  reportLines: doorLines,
  tells: () => "failures",
});
