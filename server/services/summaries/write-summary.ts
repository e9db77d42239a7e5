import "server-only";

import type { MetricGroup } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";
import { periodQuery } from "#server/domain/metrics/period-text.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { SUMMARY_FIGURES, summaryLines, summaryWeek, type SummaryWeek } from "#server/domain/weekly-summary.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { clubPeople } from "#server/services/notifications/club-people.ts";
import { tellPeople } from "#server/services/notifications/tell-people.ts";
import { readGroup } from "#server/services/reports/get-report.ts";
import { resolveWindows } from "#server/services/reports/resolve-windows.ts";
import type { ComparedFigures } from "#server/services/reports/schemas.ts";

/**
 * Tells whoever wants it of the week before, with the figures that the dashboard shows of the same days, once its hour has come.
 * Where nobody wants it nothing is counted. Harmless to repeat.
 */
export const writeSummary = async (ctx: ServiceContext): Promise<{ readonly isNew: boolean }> => {
  assertCan(ctx, "alert.raise");
  return inTransaction(ctx, async (tx) => {
    const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true, currency: true } });
    const week = summaryWeek(club.timeZone, tx.now);
    if (week === null || !(await isWanted(tx, ctx)) || !(await isFirst(tx, ctx, week))) {
      return { isNew: false };
    }
    const period: Period = { kind: "dates", ...week };
    const figures = await figuresOf(tx, ctx, period);
    await tellPeople(tx, ctx, {
      kind: "weekly_summary",
      title: `The week from ${week.from} to ${week.to}`,
      detail: summaryLines(figures, club.currency).join("\n"),
      path: `dashboard${periodQuery(period)}`,
    });
    return { isNew: true };
  });
};

const isWanted = async (tx: ServiceTx, ctx: ServiceContext): Promise<boolean> =>
  (await clubPeople(tx, ctx)).some(({ role, settings }) => isAtLeast(role, "manager") && settings.ways.weekly_summary.length > 0);

/** The row of the week is the fence. */
const isFirst = async (tx: ServiceTx, ctx: ServiceContext, { from, to }: SummaryWeek): Promise<boolean> => {
  const id = newId("weeklySummary");
  const { count } = await tx.db.weeklySummary.createMany({
    data: { id, franchiseId: ctx.franchiseId, clubId: ctx.clubId, fromOn: from, toOn: to, createdAt: tx.now },
    skipDuplicates: true,
  });
  if (count > 0) {
    await recordAudit(tx, ctx, { action: "summary.written", entityId: id, details: { from, to } });
  }
  return count > 0;
};

const figuresOf = async (tx: ServiceTx, ctx: ServiceContext, period: Period): Promise<ComparedFigures> => {
  const windows = await resolveWindows(tx, ctx, period);
  const groups = new Set<MetricGroup>(SUMMARY_FIGURES.map(({ group }) => group));
  const parts: ComparedFigures[] = [];
  for (const group of groups) {
    parts.push((await readGroup(tx, ctx, { group, windows })).figures);
  }
  return Object.assign({}, ...parts);
};
