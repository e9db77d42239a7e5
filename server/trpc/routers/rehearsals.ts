import "server-only";

import { chat, ChatInput } from "#server/agent/rehearse/rehearse.ts";
import {
  getRehearsal,
  GetRehearsalInput,
  listRehearsals,
  startRehearsal,
  StartRehearsalInput,
} from "#server/services/rehearsals/rehearsals.ts";
import { archiveTest, ArchiveTestInput, keepTest, KeepTestInput, listTests } from "#server/services/rehearsals/test-conversations.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const rehearsalsRouter = router({
  chat: clubProcedure.input(ChatInput).mutation(({ ctx, input }) => chat(ctx.service, input)),
  tests: clubProcedure.query(({ ctx }) => listTests(ctx.service)),
  keepTest: clubProcedure.input(KeepTestInput).mutation(({ ctx, input }) => keepTest(ctx.service, input)),
  archiveTest: clubProcedure.input(ArchiveTestInput).mutation(({ ctx, input }) => archiveTest(ctx.service, input)),
  start: clubProcedure.input(StartRehearsalInput).mutation(({ ctx, input }) => startRehearsal(ctx.service, input)),
  list: clubProcedure.query(({ ctx }) => listRehearsals(ctx.service)),
  get: clubProcedure.input(GetRehearsalInput).query(({ ctx, input }) => getRehearsal(ctx.service, input)),
});
