import { approveRun, RunInput } from "#server/services/workflows/approve-run.ts";
import { archiveWorkflow } from "#server/services/workflows/archive-workflow.ts";
import { createCustom, CreateCustomInput } from "#server/services/workflows/custom/create-custom.ts";
import {
  goDry,
  goLive,
  reviewWorkflow,
  saveWorkflow,
  SaveWorkflowInput,
  switchWorkflow,
  SwitchWorkflowInput,
} from "#server/services/workflows/change-workflow.ts";
import { createCampaign, CreateCampaignInput } from "#server/services/workflows/campaign/create-campaign.ts";
import { previewSegment, PreviewSegmentInput } from "#server/services/workflows/campaign/preview-segment.ts";
import { getCampaignResults, listCampaigns } from "#server/services/workflows/campaign/read-campaign.ts";
import { CheckTextInput, checkTextNow } from "#server/services/workflows/check-text.ts";
import { getReview } from "#server/services/workflows/get-review.ts";
import { getRun, listOutcomes, ListOutcomesInput, listRuns, ListRunsInput } from "#server/services/workflows/list-runs.ts";
import { listTextVersions, TextKeyInput } from "#server/services/workflows/list-text-versions.ts";
import { getWorkflow, listWorkflows } from "#server/services/workflows/list-workflows.ts";
import { pauseWorkflow, resumeWorkflow } from "#server/services/workflows/pause-workflow.ts";
import { listWorkflowTexts, saveTemplate, SaveTemplateInput } from "#server/services/workflows/save-template.ts";
import { listTestNumbers, sendTestText, SendTestTextInput } from "#server/services/workflows/send-test-text.ts";
import { previewWorkflow, runWorkflowNow, WorkflowInput } from "#server/services/workflows/start-run.ts";
import { listSequencePeople, listSequences, SequencePeopleInput } from "#server/services/workflows/sequence/read-sequences.ts";
import { shareSettings, ShareSettingsInput } from "#server/services/workflows/share-settings.ts";
import { stopRun } from "#server/services/workflows/stop-run.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const workflowsRouter = router({
  list: clubProcedure.query(({ ctx }) => listWorkflows(ctx.service)),
  get: clubProcedure.input(WorkflowInput).query(({ ctx, input }) => getWorkflow(ctx.service, input)),
  save: clubProcedure.input(SaveWorkflowInput).mutation(({ ctx, input }) => saveWorkflow(ctx.service, input)),
  share: clubProcedure.input(ShareSettingsInput).mutation(({ ctx, input }) => shareSettings(ctx.service, input)),
  switch: clubProcedure.input(SwitchWorkflowInput).mutation(({ ctx, input }) => switchWorkflow(ctx.service, input)),
  goLive: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => goLive(ctx.service, input)),
  goDry: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => goDry(ctx.service, input)),
  reviewFacts: clubProcedure.input(WorkflowInput).query(({ ctx, input }) => getReview(ctx.service, input)),
  review: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => reviewWorkflow(ctx.service, input)),
  pause: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => pauseWorkflow(ctx.service, input)),
  resume: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => resumeWorkflow(ctx.service, input)),
  preview: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => previewWorkflow(ctx.service, input)),
  runNow: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => runWorkflowNow(ctx.service, input)),
  runs: clubProcedure.input(ListRunsInput).query(({ ctx, input }) => listRuns(ctx.service, input)),
  run: clubProcedure.input(RunInput).query(({ ctx, input }) => getRun(ctx.service, input)),
  outcomes: clubProcedure.input(ListOutcomesInput).query(({ ctx, input }) => listOutcomes(ctx.service, input)),
  approveRun: clubProcedure.input(RunInput).mutation(({ ctx, input }) => approveRun(ctx.service, input)),
  createCustom: clubProcedure.input(CreateCustomInput).mutation(({ ctx, input }) => createCustom(ctx.service, input)),
  archive: clubProcedure.input(WorkflowInput).mutation(({ ctx, input }) => archiveWorkflow(ctx.service, input)),
  stopRun: clubProcedure.input(RunInput).mutation(({ ctx, input }) => stopRun(ctx.service, input)),
  campaigns: clubProcedure.query(({ ctx }) => listCampaigns(ctx.service)),
  createCampaign: clubProcedure.input(CreateCampaignInput).mutation(({ ctx, input }) => createCampaign(ctx.service, input)),
  previewSegment: clubProcedure.input(PreviewSegmentInput).query(({ ctx, input }) => previewSegment(ctx.service, input)),
  campaignResults: clubProcedure.input(WorkflowInput).query(({ ctx, input }) => getCampaignResults(ctx.service, input)),
  sequences: clubProcedure.query(({ ctx }) => listSequences(ctx.service)),
  sequencePeople: clubProcedure.input(SequencePeopleInput).query(({ ctx, input }) => listSequencePeople(ctx.service, input)),
  checkText: clubProcedure.input(CheckTextInput).query(({ ctx, input }) => checkTextNow(ctx.service, input)),
  testNumbers: clubProcedure.query(({ ctx }) => listTestNumbers(ctx.service)),
  sendTest: clubProcedure.input(SendTestTextInput).mutation(({ ctx, input }) => sendTestText(ctx.service, input)),
  textVersions: clubProcedure.input(TextKeyInput).query(({ ctx, input }) => listTextVersions(ctx.service, input)),
  texts: clubProcedure.query(({ ctx }) => listWorkflowTexts(ctx.service)),
  saveText: clubProcedure.input(SaveTemplateInput).mutation(({ ctx, input }) => saveTemplate(ctx.service, input)),
});
