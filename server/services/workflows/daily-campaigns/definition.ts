import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { campaignRoom, decideCampaign } from "#server/domain/workflows/campaign-groups.ts";
import { WORKFLOW_SETTINGS, type CampaignSettings } from "#server/domain/workflows/settings.ts";
import { campaignSubjects, type CampaignSubject } from "#server/services/workflows/daily-campaigns/subjects.ts";
import { defineWorkflow, type DecidedAt, type RunFacts, type Verdict } from "#server/services/workflows/define.ts";
import { sendMessage } from "#server/services/workflows/send-message.ts";

/** Pure. Who gets what, and with what it is filled. */
const decide = (subject: CampaignSubject, settings: CampaignSettings, { now, run }: DecidedAt): Verdict => {
  const decision = decideCampaign(subject.facts, settings, todayIn(run.club.timeZone, now));
  if (decision.kind !== "act") {
    return decision;
  }
  const { group, reason, templateKey } = decision;
  return { kind: "act", act: { action: "message", group, reason, templateKey, fields: fieldsOf(subject, run) } };
};

const fieldsOf = ({ firstName, membershipType }: CampaignSubject, { club }: RunFacts) => ({
  first_name: firstName,
  club_name: club.name,
  ...(club.phone === null ? {} : { club_phone: club.phone }),
  ...(membershipType === null ? {} : { membership_type: membershipType }),
});

/** Prospects, new members and pay-per-visit guests: each in one group, none too often, nobody who owes. */
export const dailyCampaigns = defineWorkflow<CampaignSubject, CampaignSettings>({
  kind: "daily_campaigns",
  settings: WORKFLOW_SETTINGS.daily_campaigns,
  approval: "standing",
  subjects: campaignSubjects,
  decide,
  room: campaignRoom,
  actions: { message: sendMessage },
  tells: ({ tellsOfFailures }) => (tellsOfFailures ? "failures" : "never"),
});
