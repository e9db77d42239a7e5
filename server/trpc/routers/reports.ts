import "server-only";

import { getReport } from "#server/services/reports/get-report.ts";
import { getUsage } from "#server/services/reports/get-usage.ts";
import { listBehind } from "#server/services/reports/list-behind.ts";
import { listPortfolio } from "#server/services/reports/list-portfolio.ts";
import { GetReportInput, GetUsageInput, ListBehindInput, PortfolioInput } from "#server/services/reports/schemas.ts";
import { clubProcedure, router, userProcedure } from "#server/trpc/init.ts";

export const reportsRouter = router({
  get: clubProcedure.input(GetReportInput).query(({ ctx, input }) => getReport(ctx.service, input)),
  behind: clubProcedure.input(ListBehindInput).query(({ ctx, input }) => listBehind(ctx.service, input)),
  usage: clubProcedure.input(GetUsageInput).query(({ ctx, input }) => getUsage(ctx.service, input)),
  portfolio: userProcedure.input(PortfolioInput).query(({ ctx, input }) => listPortfolio(ctx.user, input, { requestId: ctx.requestId })),
});
