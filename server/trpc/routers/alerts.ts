import "server-only";

import { acknowledgeAlert, AcknowledgeAlertInput } from "#server/services/alerts/acknowledge-alert.ts";
import { getReportSettings } from "#server/services/alerts/get-report-settings.ts";
import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { resolveAlert, ResolveAlertInput } from "#server/services/alerts/resolve-alert.ts";
import { saveReportSettings, SaveReportSettingsInput } from "#server/services/alerts/save-report-settings.ts";
import { getBrief } from "#server/services/briefs/get-brief.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const alertsRouter = router({
  brief: clubProcedure.query(({ ctx }) => getBrief(ctx.service)),
  list: clubProcedure.query(({ ctx }) => listAlerts(ctx.service)),
  reportSettings: clubProcedure.query(({ ctx }) => getReportSettings(ctx.service)),
  saveReportSettings: clubProcedure.input(SaveReportSettingsInput).mutation(({ ctx, input }) => saveReportSettings(ctx.service, input)),
  acknowledge: clubProcedure.input(AcknowledgeAlertInput).mutation(({ ctx, input }) => acknowledgeAlert(ctx.service, input)),
  resolve: clubProcedure.input(ResolveAlertInput).mutation(({ ctx, input }) => resolveAlert(ctx.service, input)),
});
