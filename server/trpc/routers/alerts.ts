import "server-only";

import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { resolveAlert, ResolveAlertInput } from "#server/services/alerts/resolve-alert.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const alertsRouter = router({
  list: clubProcedure.query(({ ctx }) => listAlerts(ctx.service)),
  resolve: clubProcedure.input(ResolveAlertInput).mutation(({ ctx, input }) => resolveAlert(ctx.service, input)),
});
