import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { campaignRoom, decideCampaign } from "#server/domain/workflows/campaign-groups.ts";
import { WORKFLOW_SETTINGS, type CampaignSettings } from "#server/domain/workflows/settings.ts";
import { campaignSubjects, type CampaignSubject } from "#server/services/workflows/daily-campaigns/subjects.ts";
import { defineWorkflow, type DecidedAt, type RunFacts, type Verdict } from "#server/services/workflows/define.ts";
import { sendMessage } from "#server/services/workflows/send-message.ts";

/** Pure. The rules say who gets what; then so many as the limits of the run and of the day leave room for. */
const decide = (subjects: readonly CampaignSubject[], settings: CampaignSettings, { now, planned, run }: DecidedAt): readonly Verdict[] => {
  const today = todayIn(run.club.timeZone, now);
  const room = campaignRoom(settings, planned);
  let left = room.count;
  return subjects.map((subject): Verdict => {
    const decision = decideCampaign(subject.facts, settings, today);
    if (decision.kind !== "act") {
      return decision;
    }
    left -= 1;
    if (left < 0) {
      return { kind: "skip", reason: room.reason, group: decision.group };
    }
    const { group, reason, templateKey } = decision;
    return { kind: "act", act: { action: "message", group, reason, templateKey, fields: fieldsOf(subject, run) } };
  });
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
  actions: { message: sendMessage },
  tells: ({ tellsOfFailures }) => (tellsOfFailures ? "failures" : "never"),
});
