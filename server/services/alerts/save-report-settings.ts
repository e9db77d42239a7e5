import "server-only";

import { z } from "zod";

import { OptionalPhone } from "#server/domain/club-facts.ts";
import { DomainError } from "#server/domain/errors.ts";
import { ReportSettings } from "#server/domain/report-settings.ts";
import { newId } from "#server/platform/ids.ts";
import { currentReportSettings } from "#server/services/alerts/current-report-settings.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const SaveReportSettingsInput = z.object({
  /** The version its author began from; 0 = there was none. */
  baseVersion: z.int().min(0),
  managerPhone: OptionalPhone,
  settings: ReportSettings,
});

/** Puts into force whom the reports reach, from the next one on. @throws `conflict` when somebody else was first */
export const saveReportSettings = async (
  ctx: ServiceContext,
  raw: z.input<typeof SaveReportSettingsInput>,
): Promise<{ readonly version: number }> => {
  assertCan(ctx, "workflow.manage");
  const { baseVersion, managerPhone, settings } = SaveReportSettingsInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const { version: newest } = await currentReportSettings(tx, ctx);
    const version = baseVersion + 1;
    const { count } = await tx.db.reportSettings.createMany({
      data: {
        id: newId("reportSettings"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        version,
        document: settings,
        publishedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null,
        publishedAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (newest !== baseVersion || count === 0) {
      throw new DomainError("conflict", "somebody else has changed this meanwhile");
    }
    await tx.db.club.updateMany({ where: { id: ctx.clubId }, data: { managerPhone } });
    const { emails, ...switches } = settings;
    await recordAudit(tx, ctx, {
      action: "reports.changed",
      entityId: ctx.clubId,
      details: { version, emailCount: emails.length, hasPhone: managerPhone !== null, ...switches },
    });
    tx.news.changes.push({ topic: "workflow" });
    return { version };
  });
};
