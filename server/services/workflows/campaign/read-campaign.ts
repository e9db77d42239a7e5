import "server-only";

import { z } from "zod";

import { todayIn } from "#server/domain/calendar-date.ts";
import { notFound } from "#server/domain/errors.ts";
import { CampaignPlan, verdictOf } from "#server/domain/workflows/campaign-plan.ts";
import { render, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { Segment } from "#server/domain/workflows/segment.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { armResults } from "#server/services/workflows/campaign/results.ts";
import { segmentSource } from "#server/services/workflows/campaign/segment-query.ts";
import { SAMPLE_COUNT } from "#server/services/workflows/limits.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

export const PreviewSegmentInput = z.object({ segment: Segment, text: z.string().max(1_000).default("") });

/** How many a segment holds, and what a text would say to the first of them. Who may be written to is told by the preview of a run. */
export const previewSegment = async (ctx: ServiceContext, raw: z.input<typeof PreviewSegmentInput>) => {
  assertCan(ctx, "workflow.read");
  const { segment, text } = PreviewSegmentInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true, timeZone: true } });
      const source = segmentSource(segment, { clubId: ctx.clubId, timeZone: club.timeZone, today: todayIn(club.timeZone, tx.now) });
      const [counted] = await tx.db.$queryRaw<{ count: number }[]>`select count(distinct r."contactId")::int as count ${source}`;
      const people = await tx.db.$queryRaw<{ contactId: string; firstName: string }[]>`
        select distinct on (r."contactId") r."contactId", r."firstName" ${source} order by r."contactId", r.id limit ${SAMPLE_COUNT}`;
      const samples = people.map(({ contactId, firstName }) => {
        const values = { first_name: firstName, club_name: club.name, ...(club.phone === null ? {} : { club_phone: club.phone }) };
        const rendered = render(text, values);
        return { contactId, firstName, text: rendered.kind === "text" && rendered.text !== "" ? withOptOut(rendered.text) : null };
      });
      return { count: counted?.count ?? 0, samples };
    },
    { fixedNow: ctx.fixedNow },
  );
};

/** What a campaign came to so far: each text beside the other, both beside whom nobody wrote to. @throws `not_found` */
export const getCampaignResults = async (ctx: ServiceContext, raw: WorkflowInput) => {
  assertCan(ctx, "workflow.read");
  const { workflowId } = WorkflowInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const row = await tx.db.workflow.findFirst({
        where: { id: workflowId, clubId: ctx.clubId, kind: "campaign" },
        select: { settings: true },
      });
      if (row === null) {
        throw notFound("campaign");
      }
      const plan = CampaignPlan.parse(row.settings);
      const arms = await armResults(tx, ctx, workflowId);
      return { arms, verdict: verdictOf(plan, arms), winnerBy: plan.winnerBy };
    },
    { fixedNow: ctx.fixedNow },
  );
};
