import "server-only";

import { z } from "zod";

import { CampaignPlan } from "#server/domain/workflows/campaign-plan.ts";
import type { Id } from "#server/domain/ids.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";
import { DEFAULT_SCHEDULES } from "#server/domain/workflows/settings.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffId } from "#server/services/workflows/internal.ts";

export const CreateCampaignInput = z.object({
  name: z.string().trim().min(1).max(80),
  plan: CampaignPlan,
  schedule: Schedule.default(DEFAULT_SCHEDULES.campaign),
});

/** A campaign of the club's own: off and dry, like every workflow, until somebody has seen whom it would write to. */
export const createCampaign = async (
  ctx: ServiceContext,
  raw: z.input<typeof CreateCampaignInput>,
): Promise<{ readonly workflowId: Id<"workflow"> }> => {
  assertCan(ctx, "workflow.manage");
  const { name, plan, schedule } = CreateCampaignInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const workflowId = newId("workflow");
    const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
    const document = { schedule, settings: plan };
    await tx.db.workflow.createMany({
      data: { id: workflowId, ...scope, kind: "campaign", name, ...document, createdAt: tx.now, updatedAt: tx.now },
    });
    const version = { id: newId("workflowVersion"), ...scope, workflowId, version: 1, document };
    await tx.db.workflowVersion.createMany({ data: { ...version, publishedById: staffId(ctx), publishedAt: tx.now } });
    await recordAudit(tx, ctx, { action: "workflow.created", entityId: workflowId, details: { kind: "campaign" } });
    tx.news.changes.push({ topic: "workflow" });
    return { workflowId };
  });
};
