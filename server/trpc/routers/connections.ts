import "server-only";

import { listConnectionHealth } from "#server/services/connections/list-connection-health.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const connectionsRouter = router({
  health: clubProcedure.query(({ ctx }) => listConnectionHealth(ctx.service)),
});
