import "server-only";

import { campaignRoom } from "#server/domain/workflows/campaign-groups.ts";
import { BLANK_CAMPAIGN, CampaignPlan, chooseFor } from "#server/domain/workflows/campaign-plan.ts";
import { isAboutDebt } from "#server/domain/workflows/segment.ts";
import { campaignPeople, type CampaignSubject } from "#server/services/workflows/campaign/people.ts";
import { armResults } from "#server/services/workflows/campaign/results.ts";
import { defineWorkflow, type Act, type DecidedAt, type Verdict } from "#server/services/workflows/define.ts";
import { settingsOfRun } from "#server/services/workflows/internal.ts";
import { sendText } from "#server/services/workflows/send-message.ts";

/** Pure. Which text somebody gets, if any. */
export const decideCampaign = ({ person, winner }: CampaignSubject, plan: CampaignPlan, { run }: DecidedAt): Verdict => {
  const choice = chooseFor(person, { campaignId: run.workflowId, plan, winner });
  if ("reason" in choice) {
    return { ...choice, group: null };
  }
  const writes = { purpose: purposeOf(plan), text: choice.text } as const;
  const tier = choice.kind === "write" ? choice.arm : "held_out";
  const reason = choice.kind === "write" ? "campaign_due" : "held_out";
  const action = choice.kind === "write" ? "message" : "hold_out";
  return { kind: "act", act: { action, group: tier, tier, reason, templateKey: null, fields: person.fields, writes } };
};

const purposeOf = ({ segment }: Pick<CampaignPlan, "segment">) => (isAboutDebt(segment) ? ("billing" as const) : ("marketing" as const));

/** The words that were planned and shown, for what the run was planned for. */
const sendPlanned: Act = async (tx, ctx, acting) => {
  const { version } = await tx.db.workflowRun.findFirstOrThrow({
    where: { id: acting.run.id, clubId: ctx.clubId },
    select: { version: { select: { document: true } } },
  });
  const purpose = purposeOf(CampaignPlan.parse(settingsOfRun(version)));
  return sendText(tx, ctx, { ...acting, purpose, subject: acting.run.club.name });
};
const holdOut: Act = () => Promise.resolve({ kind: "ended", outcome: "skipped", reason: "held_out" });

const NAMES = { a: "first text", b: "second text", held_out: "held out" } as const;

/** What an owner writes to people of their own choosing; a club may have many. */
export const campaign = defineWorkflow<CampaignSubject, CampaignPlan>({
  kind: "campaign",
  settings: { schema: CampaignPlan, defaults: BLANK_CAMPAIGN },
  approval: "first_run",
  subjects: campaignPeople,
  decide: decideCampaign,
  room: ({ maxPerDay }, planned) => campaignRoom({ maxPerDay, maxPerRun: maxPerDay }, planned),
  actions: { message: sendPlanned, hold_out: holdOut },
  reportLines: async (tx, ctx, run) => {
    const results = await armResults(tx, ctx, run.workflowId);
    return results.map(
      ({ arm, converted, people, replied }) => `${NAMES[arm]}: ${people} people, ${replied} replied, ${converted} paid, booked or joined`,
    );
  },
  tells: ({ tellsOfFailures }) => (tellsOfFailures ? "failures" : "never"),
});
