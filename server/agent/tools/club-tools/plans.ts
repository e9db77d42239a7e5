import { z } from "zod";

import { defineClubTool, short, withSample } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { formatMoney } from "#server/domain/money.ts";
import { manageAccess } from "#server/services/access/manage-access.ts";
import { REFERRAL_LEAST, requestReferral } from "#server/services/collections/request-referral.ts";
import { CAMPAIGN_MAX_PEOPLE, CAMPAIGN_SEGMENTS, requestCampaign } from "#server/services/messages/request-campaign.ts";

export const sendBulkCampaign = defineClubTool({
  name: "send_bulk_campaign",
  description: `Puts one campaign text for the newest people of a segment before the team; nothing goes out before a manager lets it go. template_key comes from get_campaign_templates; max_people is 1 to ${CAMPAIGN_MAX_PEOPLE} and may be left out. For more people there are the daily campaigns.`,
  risk: "sends",
  effectKind: "send",
  capability: "message.send",
  maxPerRun: 3,
  input: z.strictObject({
    segment: z.enum(CAMPAIGN_SEGMENTS),
    template_key: z.string().min(1).max(60),
    max_people: z.int().min(1).max(CAMPAIGN_MAX_PEOPLE).optional(),
  }),
  summarize: ({ max_people: max, segment, template_key: key }) =>
    `Ask the team to send the text ${key} to up to ${max ?? CAMPAIGN_MAX_PEOPLE} people of ${segment}`,
  run: async ({ callKey, ctx }, { max_people: max, segment, template_key: templateKey }) => {
    const { peopleCount, segmentCount, status } = await requestCampaign(ctx, {
      callKey,
      segment,
      templateKey,
      maxPeople: max ?? CAMPAIGN_MAX_PEOPLE,
    });
    return { status, people: peopleCount, inSegment: segmentCount };
  },
});

const Amount = z.number().min(0).max(1_000_000);
const LEAST_AMOUNT = Number(REFERRAL_LEAST.amountMinor) / 100;

export const generateCollectionsReferralList = defineClubTool({
  name: "generate_collections_referral_list",
  description: `Proposes the debts that are ripe to be referred to collections: how many, the total, and a sample. Two different people decide; nothing is referred before. The bounds may be left out and are at least ${REFERRAL_LEAST.attempts} attempts, ${REFERRAL_LEAST.daysPastDue} days and ${LEAST_AMOUNT} in the club's currency.`,
  risk: "money",
  effectKind: "export",
  capability: "notes.write",
  maxPerRun: 1,
  input: z.strictObject({
    min_attempts: z.int().min(REFERRAL_LEAST.attempts).max(100).optional(),
    min_days_past_due: z.int().min(REFERRAL_LEAST.daysPastDue).max(3_660).optional(),
    min_amount: Amount.min(LEAST_AMOUNT).optional(),
  }),
  summarize: ({ min_amount: amount, min_attempts: attempts, min_days_past_due: days }) =>
    `Ask two people to refer debts of at least ${amount ?? LEAST_AMOUNT}, ${attempts ?? REFERRAL_LEAST.attempts} attempts and ${days ?? REFERRAL_LEAST.daysPastDue} days to collections`,
  run: async ({ callKey, ctx, run }, { min_amount: amount, min_attempts: attempts, min_days_past_due: days }) => {
    const { caseCount, cases, currency, status, total } = await requestReferral(ctx, {
      callKey,
      minAttempts: attempts ?? REFERRAL_LEAST.attempts,
      minDaysPastDue: days ?? REFERRAL_LEAST.daysPastDue,
      minAmountMinor: amount === undefined ? REFERRAL_LEAST.amountMinor : BigInt(Math.round(amount * 100)),
    });
    return withSample(
      { status, count: caseCount, total },
      cases.map(({ amountMinor, attemptCount, memberId, name, pastDueSinceOn }) => ({
        person: run.handles.of("member", memberId),
        name: short(name, 40),
        owes: formatMoney(amountMinor, currency),
        attempts: attemptCount,
        since: pastDueSinceOn,
      })),
    );
  },
});

export const autoManageAccess = defineClubTool({
  name: "auto_manage_access_by_payment_status",
  description:
    "Asks the team to lock the doors of members who owe at least min_past_due_amount and are past grace_period_days, and to unlock those who owe nothing any more: at most ten of each, one question each. A manager decides every one. The bounds may be left out: 0.01 and 3 days.",
  risk: "physical",
  effectKind: "state",
  capability: "access.state",
  maxPerRun: 1,
  input: z.strictObject({
    min_past_due_amount: Amount.min(0.01).optional(),
    grace_period_days: z.int().min(0).max(366).optional(),
  }),
  summarize: ({ grace_period_days: days, min_past_due_amount: amount }) =>
    `Ask the team about the doors of members who owe at least ${amount ?? 0.01} for more than ${days ?? 3} days, and of those who owe nothing any more`,
  run: async ({ callKey, ctx }, { grace_period_days: days, min_past_due_amount: amount }) => {
    const { leftAlone, lockCount, owingCount, unlockCount } = await manageAccess(ctx, {
      callKey,
      minAmountMinor: BigInt(Math.max(1, Math.round((amount ?? 0.01) * 100))),
      graceDays: days ?? 3,
    });
    return { owing: owingCount, askedToLock: lockCount, askedToUnlock: unlockCount, leftAlone };
  },
});
