import "server-only";

import { getLiveSettings } from "#server/services/live/get-live-settings.ts";
import { listChanges, ListChangesInput } from "#server/services/live/list-changes.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const liveRouter = router({
  settings: clubProcedure.query(({ ctx }) => getLiveSettings(ctx.service)),
  changes: clubProcedure.input(ListChangesInput).query(({ ctx, input }) => listChanges(ctx.service, input)),
});
