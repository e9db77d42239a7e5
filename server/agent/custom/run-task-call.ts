import "server-only";

import { faultOfText } from "#server/agent/custom/check-task-text.ts";
import { deedOf, toolsOf } from "#server/agent/custom/task-tools.ts";
import { openClubRun } from "#server/agent/tools/club-tools/open-club-run.ts";
import { checkClubTool, runClubTool, type ClubToolAnswer } from "#server/agent/tools/club-tools/run-club-tool.ts";
import type { ClubRun } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { DomainError } from "#server/domain/errors.ts";
import { firstNamesOnly } from "#server/domain/person-handles.ts";
import { CAMPAIGN_MAX_PEOPLE } from "#server/services/messages/request-campaign.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { answerTaskCall, findWaitingTaskCall, type WaitingTaskCall } from "#server/services/workflows/custom/answer-task-call.ts";
import { planTaskDeed } from "#server/services/workflows/custom/plan-task-deed.ts";

/**
 * Runs one request of a task and stores what it brought. Lookups run; a deed for one person is written into the plan; what is about
 * many is put before the team, and in a dry run only told. What was answered already is left alone; run twice it is the same deed.
 */
export const runTaskCall = async (ctx: ServiceContext, { callId }: { readonly callId: string }): Promise<void> => {
  const call = await findWaitingTaskCall(ctx, { callId });
  if (call === null) {
    return;
  }
  const acting: ServiceContext = { ...ctx, actor: { kind: "workflow", runId: call.runId } };
  const run = await openClubRun(acting, { id: call.runId, isDryRun: call.isDryRun, mayAlone: "read", callCounts: call.callCounts });
  const request = { id: call.id, name: call.name, arguments: call.arguments };
  const tools = toolsOf(call.task.tools);
  const checked = checkClubTool(request, run, tools);
  if (checked.kind === "refused") {
    await answerTaskCall(ctx, { callId, outcome: "refused", result: { error: checked.error } });
    return;
  }
  const refusal = refusalOf(call, checked.input);
  if (refusal !== null) {
    await answerTaskCall(ctx, { callId, outcome: "refused", result: { error: refusal } });
    return;
  }
  const planned = plannedDeed(call, { input: checked.input, run });
  if (planned.kind === "none") {
    const { outcome, result } = await runClubTool(acting, { run, request, tools });
    await answerTaskCall(ctx, { callId, outcome, result: firstNamesOnly(result) });
  } else if (planned.kind === "refused") {
    await answerTaskCall(ctx, { callId, ...planned.answer });
  } else {
    await planTaskDeed(ctx, { callId, runId: call.runId, messagesMax: call.task.budget.messages, ...planned.deed });
  }
};

/** Why a request that a tool would take is not taken in this run; null when it is. */
const refusalOf = ({ club, messagesLeft, name, results, task }: WaitingTaskCall, input: unknown): string | null => {
  const { max_people: max, message_text: text } = Object(input) as { readonly max_people?: number; readonly message_text?: string };
  if (name === "send_bulk_campaign" && (max ?? CAMPAIGN_MAX_PEOPLE) > messagesLeft) {
    return `this run may plan ${Math.max(0, messagesLeft)} more messages: name a smaller max_people, or none`;
  }
  return typeof text === "string" ? faultOfText(text, { task: task.task, results, club, allowedLinkHosts: [] }) : null;
};

type Planned =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly answer: Pick<ClubToolAnswer, "outcome" | "result"> }
  | { readonly kind: "deed"; readonly deed: NonNullable<ReturnType<typeof deedOf>> };

const plannedDeed = (call: WaitingTaskCall, { input, run }: { readonly input: unknown; readonly run: ClubRun }): Planned => {
  try {
    const deed = deedOf({ name: call.name, input }, { run, purpose: call.task.purpose });
    return deed === null ? { kind: "none" } : { kind: "deed", deed };
  } catch (error) {
    if (!(error instanceof DomainError)) {
      throw error;
    }
    return { kind: "refused", answer: { outcome: "refused", result: { error: error.message } } };
  }
};
