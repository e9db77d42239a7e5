import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { verdictOf, type CampaignPerson, type CampaignPlan } from "#server/domain/workflows/campaign-plan.ts";
import { isAboutDebt } from "#server/domain/workflows/segment.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { armResults } from "#server/services/workflows/campaign/results.ts";
import { segmentSource } from "#server/services/workflows/campaign/segment-query.ts";
import { debtReasons } from "#server/services/workflows/campaign/debt-reasons.ts";
import { contactFlags } from "#server/services/workflows/contact-flags.ts";
import type { PageQuery, Subject, SubjectPage } from "#server/services/workflows/define.ts";

export type CampaignSubject = Subject & { readonly person: CampaignPerson; readonly winner: "a" | "b" | null };

type Listed = { readonly contactId: string; readonly id: string; readonly firstName: string; readonly membershipType: string | null };

/** The next people of the campaign's segment, each contact once: a few statements a page. */
export const campaignPeople = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, limit, run, settings }: PageQuery<CampaignPlan>,
): Promise<SubjectPage<CampaignSubject>> => {
  const { name, phone, timeZone } = run.club;
  const source = segmentSource(settings.segment, { clubId: ctx.clubId, timeZone, today: todayIn(timeZone, tx.now) });
  const membership = settings.segment.of === "members" ? Prisma.sql`r."membershipType"` : Prisma.sql`null::text as "membershipType"`;
  const rows = await tx.db.$queryRaw<Listed[]>`
    select distinct on (r."contactId") r."contactId", r.id, r."firstName", ${membership} ${source} and r."contactId" > ${after ?? ""}
    ${run.onlyContactId === null ? Prisma.empty : Prisma.sql`and r."contactId" = ${run.onlyContactId}`}
    order by r."contactId", r.id limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const contactIds = page.map(({ contactId }) => contactId);
  const flags = await contactFlags(tx, ctx, contactIds);
  const reached = await reachedOf(tx, ctx, { contactIds, workflowId: run.workflowId });
  const debts = isAboutDebt(settings.segment) ? await debtReasons(tx, ctx, contactIds) : null;
  const verdict = verdictOf(settings, await armResults(tx, ctx, run.workflowId));
  const winner = verdict.kind === "winner" ? verdict.arm : null;
  const subjects = page.flatMap(({ contactId, firstName, id, membershipType }): readonly CampaignSubject[] => {
    const known = flags.get(contactId);
    const fields = {
      first_name: firstName,
      club_name: name,
      ...(phone === null ? {} : { club_phone: phone }),
      ...(membershipType === null ? {} : { membership_type: membershipType }),
    };
    const memberId = settings.segment.of === "members" ? id : null;
    return known === undefined
      ? []
      : [
          {
            contactId,
            memberId,
            winner,
            person: { ...known, wasReached: reached.has(contactId), leftAlone: debts?.get(contactId) ?? null, fields },
          },
        ];
  });
  return { subjects, next: rows.length > limit ? (page.at(-1)?.contactId ?? null) : null };
};

type Asked = { readonly contactIds: readonly string[]; readonly workflowId: string };

const reachedOf = async (tx: ServiceTx, ctx: ServiceContext, { contactIds, workflowId }: Asked): Promise<ReadonlySet<string>> => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: {
      clubId: ctx.clubId,
      workflowId,
      contactId: { in: [...contactIds] },
      isDryRun: false,
      outcome: { in: ["planned", "deferred", "needs_approval", "unknown", "sent"] },
    },
    select: { contactId: true },
  });
  return new Set(rows.map(({ contactId }) => contactId));
};
