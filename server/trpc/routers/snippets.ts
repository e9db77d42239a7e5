import "server-only";

import { archiveSnippet } from "#server/services/snippets/archive-snippet.ts";
import { listSnippets } from "#server/services/snippets/list-snippets.ts";
import { saveSnippet } from "#server/services/snippets/save-snippet.ts";
import { ArchiveSnippetInput, SaveSnippetInput } from "#server/services/snippets/schemas.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const snippetsRouter = router({
  list: clubProcedure.query(({ ctx }) => listSnippets(ctx.service)),
  save: clubProcedure.input(SaveSnippetInput).mutation(({ ctx, input }) => saveSnippet(ctx.service, input)),
  archive: clubProcedure.input(ArchiveSnippetInput).mutation(({ ctx, input }) => archiveSnippet(ctx.service, input)),
});
