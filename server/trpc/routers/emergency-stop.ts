import "server-only";

import { clearEmergencyStop } from "#server/services/clubs/clear-emergency-stop.ts";
import { setEmergencyStop, SetEmergencyStopInput } from "#server/services/clubs/set-emergency-stop.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const emergencyStopRouter = router({
  set: clubProcedure.input(SetEmergencyStopInput).mutation(({ ctx, input }) => setEmergencyStop(ctx.service, input)),
  clear: clubProcedure.mutation(({ ctx }) => clearEmergencyStop(ctx.service)),
});
