import "server-only";

import { listPayments } from "#server/services/payments/list-payments.ts";
import { ListPaymentsInput } from "#server/services/payments/schemas.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const paymentsRouter = router({
  list: clubProcedure.input(ListPaymentsInput).query(({ ctx, input }) => listPayments(ctx.service, input)),
});
