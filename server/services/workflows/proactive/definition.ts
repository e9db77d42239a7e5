import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { campaignRoom } from "#server/domain/workflows/campaign-groups.ts";
import { decideOccasion } from "#server/domain/workflows/occasions.ts";
import { WORKFLOW_SETTINGS, type ProactiveSettings } from "#server/domain/workflows/settings.ts";
import { defineWorkflow, type DecidedAt, type Verdict } from "#server/services/workflows/define.ts";
import { greetingSubjects, type GreetingSubject } from "#server/services/workflows/proactive/subjects.ts";
import { sendMessage } from "#server/services/workflows/send-message.ts";

/** Pure. What somebody is greeted for today, if for anything. */
const decide = ({ facts }: GreetingSubject, settings: ProactiveSettings, { now, run }: DecidedAt): Verdict => {
  const decision = decideOccasion(facts, settings, todayIn(run.club.timeZone, now));
  if (decision.kind !== "act") {
    return decision;
  }
  const { fields, group, key, reason, templateKey } = decision;
  const { name, phone } = run.club;
  const filled = { ...fields, club_name: name, ...(phone === null ? {} : { club_phone: phone }) };
  return { kind: "act", act: { action: "message", group, reason, templateKey, fields: filled, tier: key } };
};

/** Birthdays, anniversaries of joining and milestones of visits, each told once. A group of a few people a day asks for no yes every day. */
export const proactive = defineWorkflow<GreetingSubject, ProactiveSettings>({
  kind: "proactive",
  settings: WORKFLOW_SETTINGS.proactive,
  approval: "first_run",
  subjects: greetingSubjects,
  decide,
  room: ({ maxPerDay }, planned) => campaignRoom({ maxPerDay, maxPerRun: maxPerDay }, planned),
  actions: { message: sendMessage },
  tells: ({ tellsOfFailures }) => (tellsOfFailures ? "failures" : "never"),
});
