import "server-only";

import { suggestQuestions, SuggestQuestionsInput } from "#server/agent/suggest-questions.ts";
import { translateArticle, TranslateArticleInput } from "#server/agent/translate-article.ts";
import { PageAddress } from "#server/domain/knowledge.ts";
import { acceptProposal } from "#server/services/knowledge/accept-proposal.ts";
import { answerGap, AnswerGapInput, GapInput } from "#server/services/knowledge/answer-gap.ts";
import { archiveArticle } from "#server/services/knowledge/archive-article.ts";
import { createArticle, CreateArticleInput } from "#server/services/knowledge/create-article.ts";
import { dismissGap } from "#server/services/knowledge/dismiss-gap.ts";
import { getArticle } from "#server/services/knowledge/get-article.ts";
import { importFile, ImportFileInput } from "#server/services/knowledge/import-file.ts";
import { importPage } from "#server/services/knowledge/import-page.ts";
import { ArticleInput, VersionedInput } from "#server/services/knowledge/schemas.ts";
import { liftStop, LiftStopInput } from "#server/services/knowledge/lift-stop.ts";
import { listArticles, ListArticlesInput } from "#server/services/knowledge/list-articles.ts";
import { listConflicts } from "#server/services/knowledge/list-conflicts.ts";
import { listGaps } from "#server/services/knowledge/list-gaps.ts";
import { listTold } from "#server/services/knowledge/list-told.ts";
import { planCorrection, PlanCorrectionInput } from "#server/services/knowledge/plan-correction.ts";
import { publishArticle } from "#server/services/knowledge/publish-article.ts";
import { rejectProposal } from "#server/services/knowledge/reject-proposal.ts";
import { rereadPage } from "#server/services/knowledge/reread-page.ts";
import { restoreVersion, RestoreVersionInput } from "#server/services/knowledge/restore-version.ts";
import { stopFact, StopFactInput } from "#server/services/knowledge/stop-fact.ts";
import { tryQuestion, TryQuestionInput } from "#server/services/knowledge/try-question.ts";
import { updateArticle, UpdateArticleInput } from "#server/services/knowledge/update-article.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const knowledgeRouter = router({
  list: clubProcedure.input(ListArticlesInput).query(({ ctx, input }) => listArticles(ctx.service, input)),
  get: clubProcedure.input(ArticleInput).query(({ ctx, input }) => getArticle(ctx.service, input)),
  create: clubProcedure.input(CreateArticleInput).mutation(({ ctx, input }) => createArticle(ctx.service, input)),
  update: clubProcedure.input(UpdateArticleInput).mutation(({ ctx, input }) => updateArticle(ctx.service, input)),
  publish: clubProcedure.input(VersionedInput).mutation(({ ctx, input }) => publishArticle(ctx.service, input)),
  archive: clubProcedure.input(VersionedInput).mutation(({ ctx, input }) => archiveArticle(ctx.service, input)),
  restore: clubProcedure.input(RestoreVersionInput).mutation(({ ctx, input }) => restoreVersion(ctx.service, input)),
  stop: clubProcedure.input(StopFactInput).mutation(({ ctx, input }) => stopFact(ctx.service, input)),
  liftStop: clubProcedure.input(LiftStopInput).mutation(({ ctx, input }) => liftStop(ctx.service, input)),
  told: clubProcedure.input(ArticleInput).query(({ ctx, input }) => listTold(ctx.service, input)),
  planCorrection: clubProcedure.input(PlanCorrectionInput).mutation(({ ctx, input }) => planCorrection(ctx.service, input)),
  conflicts: clubProcedure.query(({ ctx }) => listConflicts(ctx.service)),
  gaps: clubProcedure.query(({ ctx }) => listGaps(ctx.service)),
  answerGap: clubProcedure.input(AnswerGapInput).mutation(({ ctx, input }) => answerGap(ctx.service, input)),
  dismissGap: clubProcedure.input(GapInput).mutation(({ ctx, input }) => dismissGap(ctx.service, input)),
  acceptProposal: clubProcedure.input(VersionedInput).mutation(({ ctx, input }) => acceptProposal(ctx.service, input)),
  rejectProposal: clubProcedure.input(VersionedInput).mutation(({ ctx, input }) => rejectProposal(ctx.service, input)),
  importPage: clubProcedure.input(PageAddress).mutation(({ ctx, input }) => importPage(ctx.service, input)),
  /** Changes nothing; it calls a page that somebody names, which no other site may make a browser do. */
  rereadPage: clubProcedure.input(PageAddress).mutation(({ ctx, input }) => rereadPage(ctx.service, input)),
  importFile: clubProcedure.input(ImportFileInput).mutation(({ ctx, input }) => importFile(ctx.service, input)),
  translate: clubProcedure.input(TranslateArticleInput).mutation(({ ctx, input }) => translateArticle(ctx.service, input)),
  suggestQuestions: clubProcedure.input(SuggestQuestionsInput).mutation(({ ctx, input }) => suggestQuestions(ctx.service, input)),
  try: clubProcedure.input(TryQuestionInput).query(({ ctx, input }) => tryQuestion(ctx.service, input)),
});
