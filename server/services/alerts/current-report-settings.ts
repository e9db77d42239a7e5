import "server-only";

import { DEFAULT_REPORT_SETTINGS, ReportSettings } from "#server/domain/report-settings.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** What holds now; version 0 = nobody has set anything. */
export const currentReportSettings = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">) => {
  const row = await tx.db.reportSettings.findFirst({
    where: { clubId },
    orderBy: { version: "desc" },
    select: { version: true, document: true },
  });
  return row === null
    ? { version: 0, settings: DEFAULT_REPORT_SETTINGS }
    : { version: row.version, settings: ReportSettings.parse(row.document) };
};
