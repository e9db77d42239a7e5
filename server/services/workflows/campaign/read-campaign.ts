import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { notFound } from "#server/domain/errors.ts";
import { CampaignPlan, verdictOf } from "#server/domain/workflows/campaign-plan.ts";
import { surenessOf, type ArmCount } from "#server/domain/workflows/experiment.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { armResults, type ArmFigures } from "#server/services/workflows/campaign/results.ts";
import { segmentSource } from "#server/services/workflows/campaign/segment-query.ts";
import { viewOf } from "#server/services/workflows/list-workflows.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

/** Chosen by us: nobody looks through more. */
const LIST_MAX = 100;

/** The club's own campaigns, the newest first, each with how many it is for now and what it came to. */
export const listCampaigns = async (ctx: ServiceContext) => {
  assertCan(ctx, "workflow.read");
  return withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const rows = await tx.db.workflow.findMany({
        where: { clubId: ctx.clubId, kind: "campaign", archivedAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: LIST_MAX,
      });
      const views: (Awaited<ReturnType<typeof viewOf>> & CampaignFigures)[] = [];
      for (const row of rows) {
        const { segment, texts } = CampaignPlan.parse(row.settings);
        const source = segmentSource(segment, { clubId: ctx.clubId, timeZone, today: todayIn(timeZone, tx.now) });
        const [counted] = await tx.db.$queryRaw<{ count: number }[]>`select count(distinct r."contactId")::int as count ${source}`;
        const arms = (await armResults(tx, ctx, row.id)).filter(({ arm }) => arm !== "held_out");
        const sum = (read: (figures: ArmFigures) => number): number => arms.reduce((total, figures) => total + read(figures), 0);
        views.push({
          ...(await viewOf(tx, ctx, row)),
          texts,
          audienceCount: counted?.count ?? 0,
          sentCount: sum(({ people }) => people),
          repliedCount: sum(({ replied }) => replied),
          convertedCount: sum(({ converted }) => converted),
        });
      }
      return views;
    },
    { fixedNow: ctx.fixedNow },
  );
};

type CampaignFigures = {
  readonly texts: CampaignPlan["texts"];
  /** Who belongs to its segment now, whether they may be written to or not. */
  readonly audienceCount: number;
  readonly sentCount: number;
  readonly repliedCount: number;
  readonly convertedCount: number;
};

/** What a campaign came to so far: each text beside the other, both beside whom nobody wrote to. @throws `not_found` */
export const getCampaignResults = async (ctx: ServiceContext, raw: WorkflowInput) => {
  assertCan(ctx, "workflow.read");
  const { workflowId } = WorkflowInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const plan = await planOf(tx, ctx, workflowId);
      const arms = await armResults(tx, ctx, workflowId);
      const count = (of: readonly string[], read: (figures: ArmFigures) => number): ArmCount => {
        const some = arms.filter(({ arm }) => of.includes(arm));
        const sum = (each: (figures: ArmFigures) => number): number => some.reduce((total, figures) => total + each(figures), 0);
        return { people: sum(({ people }) => people), hits: sum(read) };
      };
      const hits = plan.winnerBy === "reply" ? ({ replied }: ArmFigures) => replied : ({ converted }: ArmFigures) => converted;
      const conversions = ({ converted }: ArmFigures): number => converted;
      return {
        arms,
        verdict: verdictOf(plan, arms),
        winnerBy: plan.winnerBy,
        hasSecond: plan.texts.b !== null,
        texts: plan.texts,
        /** 0 to 1; null where nothing can be said. */
        sureness: surenessOf(count(["a"], hits), count(["b"], hits)),
        /** Of the conversions of both texts together beside those of whom nobody wrote to. */
        holdOutSureness: surenessOf(count(["a", "b"], conversions), count(["held_out"], conversions)),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const planOf = async (tx: Tx, ctx: ServiceContext, workflowId: string): Promise<CampaignPlan> => {
  const row = await tx.db.workflow.findFirst({
    where: { id: workflowId, clubId: ctx.clubId, kind: "campaign" },
    select: { settings: true },
  });
  if (row === null) {
    throw notFound("campaign");
  }
  return CampaignPlan.parse(row.settings);
};
