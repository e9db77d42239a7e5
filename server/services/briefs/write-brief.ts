import "server-only";

import { briefLines, isBriefTime, type BriefFigures } from "#server/domain/brief.ts";
import { todayIn } from "#server/domain/calendar-date.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { tellTeam } from "#server/services/alerts/tell-team.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { tellPeople } from "#server/services/notifications/tell-people.ts";

/** The first brief of a club looks back so far, and none further than over a long weekend without a server. */
const FIRST_LOOK_HOURS = 24;
const HOUR_MS = 3_600_000;

/** Writes the brief of the club's day once its hour has come, and tells of it where the club lets itself be told. Harmless to repeat. */
export const writeBrief = async (ctx: ServiceContext): Promise<{ readonly isNew: boolean }> => {
  assertCan(ctx, "alert.raise");
  const effectIds = await inTransaction(ctx, async (tx) => {
    const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, slug: true, timeZone: true } });
    const onDate = todayIn(club.timeZone, tx.now);
    if (!isBriefTime(club.timeZone, tx.now)) {
      return null;
    }
    const last = await tx.db.brief.findFirst({ where: { clubId: ctx.clubId }, orderBy: { onDate: "desc" }, select: { createdAt: true } });
    const since = last?.createdAt ?? new Date(tx.now.getTime() - FIRST_LOOK_HOURS * HOUR_MS);
    const figures = await figuresOf(tx, ctx, { since, onDate });
    const id = newId("brief");
    const { count } = await tx.db.brief.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        onDate,
        since,
        figures: { ...figures, oldestEscalationAt: figures.oldestEscalationAt?.toISOString() ?? null },
        createdAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (count === 0) {
      return null;
    }
    await recordAudit(tx, ctx, { action: "brief.written", entityId: id });
    tx.news.changes.push({ topic: "alert" });
    const { happened, needsYou } = briefLines(figures, club.timeZone);
    const detail = [happened, ...(needsYou.length === 0 ? ["Nothing waits for you."] : needsYou)].join("\n");
    await tellPeople(tx, ctx, { kind: "daily_brief", title: "This morning’s brief", detail, path: "inbox" });
    return tellTeam(tx, ctx, {
      key: `brief:${id}`,
      text: `${club.name}, this morning\n${detail}`,
      url: new URL(`/${club.slug}/inbox`, env.APP_URL).toString(),
    });
  });
  for (const effectId of effectIds ?? []) {
    await dispatchEffect(ctx, { effectId });
  }
  return { isNew: effectIds !== null };
};

type Period = { readonly since: Date; readonly onDate: string };

const figuresOf = async (tx: ServiceTx, { clubId }: ServiceContext, { onDate, since }: Period): Promise<BriefFigures> => {
  const open = { clubId, archivedAt: null, status: { not: "resolved" } };
  const escalated = await tx.db.conversation.aggregate({
    where: { ...open, needsYou: "escalation" },
    _count: { id: true },
    _min: { waitingSince: true },
  });
  const failing = await tx.db.connection.findMany({
    where: { clubId, archivedAt: null, status: { in: ["degraded", "needs_reauth"] } },
    orderBy: { name: "asc" },
    select: { name: true },
  });
  return {
    receivedCount: await tx.db.message.count({ where: { clubId, direction: "inbound", receivedAt: { gt: since } } }),
    answeredAloneCount: await tx.db.effect.count({
      where: {
        clubId,
        kind: "message.send",
        plannedBy: "agent",
        purpose: "reply",
        approvedById: null,
        status: "confirmed",
        settledAt: { gt: since },
        decisionId: { not: null },
      },
    }),
    draftCount: await tx.db.approval.count({ where: { clubId, status: "pending", expiresAt: { gt: tx.now } } }),
    escalationCount: escalated._count.id,
    oldestEscalationAt: escalated._min.waitingSince,
    leftUnansweredCount: await tx.db.conversation.count({
      where: { ...open, handledBy: "staff", requiresResponse: true, needsYou: { not: "escalation" } },
    }),
    unknownEffectCount: await tx.db.effect.count({ where: { clubId, status: { in: ["unknown", "needs_human"] } } }),
    failingConnections: failing.map(({ name }) => name),
    undecidedHolidayCount: await tx.db.specialDay.count({ where: { clubId, status: "asked", onDate: { gte: onDate } } }),
    overdueTicketCount: await tx.db.ticket.count({ where: { clubId, status: "open", dueAt: { lt: tx.now } } }),
  };
};
