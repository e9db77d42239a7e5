import "server-only";

import { rateMessage, RateMessageInput } from "#server/services/messages/rate-message.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const messagesRouter = router({
  rate: clubProcedure.input(RateMessageInput).mutation(({ ctx, input }) => rateMessage(ctx.service, input)),
});
