import "server-only";

import { becomeDesk } from "#server/auth/desk.ts";
import { endDesk, EndDeskInput } from "#server/services/desks/end-desk.ts";
import { listDesks } from "#server/services/desks/list-desks.ts";
import { startDesk, StartDeskInput } from "#server/services/desks/start-desk.ts";
import { takePinAway, TakePinAwayInput } from "#server/services/desks/take-pin-away.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

/** The shared computers of a club. What happens at one itself is in `app/(auth)/desk`, where nobody is signed in. */
export const desksRouter = router({
  list: clubProcedure.query(({ ctx }) => listDesks(ctx.service)),
  /** The token goes into a cookie that no script reads, never into an answer. */
  start: clubProcedure.input(StartDeskInput).mutation(async ({ ctx, input }) => becomeDesk((await startDesk(ctx.service, input)).token)),
  end: clubProcedure.input(EndDeskInput).mutation(({ ctx, input }) => endDesk(ctx.service, input)),
  takePinAway: clubProcedure.input(TakePinAwayInput).mutation(({ ctx, input }) => takePinAway(ctx.service, input)),
});
