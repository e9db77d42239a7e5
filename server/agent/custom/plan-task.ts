import "server-only";

import { localTimeOf, toolTurns } from "#server/agent/compose-prompt.ts";
import { toolsOf } from "#server/agent/custom/task-tools.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import { CUSTOM_PROMPT, CUSTOM_PROMPT_VERSION, CUSTOM_TASK, CustomSchema } from "#server/agent/prompts/custom.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { checkFacts } from "#server/domain/fact-lock.ts";
import type { Id } from "#server/domain/ids.ts";
import { factLines, NOBODY_KNOWN, withoutHandles } from "#server/domain/person-handles.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { ToolRequest } from "#server/platform/model-client.ts";
import { readCapabilities } from "#server/services/agent-runs/read-capabilities.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";
import { finishTask } from "#server/services/workflows/custom/finish-task.ts";
import { TASK_MAX_ROUNDS, TASK_REQUESTS_MAX, TASK_THOUGHT_MS, WORDS_MAX_CHARACTERS } from "#server/services/workflows/custom/limits.ts";
import { loadTask, type TaskSituation } from "#server/services/workflows/custom/load-task.ts";
import { recordTaskRound, type TaskRequest } from "#server/services/workflows/custom/record-task-round.ts";
import type { TaskEnd, Thinking } from "#server/services/workflows/custom/thinking.ts";

type TaskMind = Pick<Mind, "think" | "model" | "fallbackModel">;

/** What is to be run now; none = the plan is whole, or nothing may be thought now. */
type TaskStep = { readonly callIds: readonly Id<"workflowCall">[] };

/**
 * One round of a task: the model is asked once, and what it wants is stored. Requests of a round that stands in rows are handed out
 * first, and the model is not asked before all of them are answered. Nothing is done here.
 */
export const planTask = async (
  ctx: ServiceContext,
  { runId }: { readonly runId: string },
  mind: TaskMind = installedMind(),
): Promise<TaskStep> => {
  const situation = await loadTask(ctx, { runId });
  if (situation === null) {
    return { callIds: [] };
  }
  const open = openCalls(situation);
  if (open.length > 0) {
    return { callIds: open };
  }
  const obstacle = obstacleOf(situation);
  if (obstacle !== null) {
    await finishTask(ctx, { runId, turn: null, end: obstacle, words: null, heldSpans: [] });
    return { callIds: [] };
  }
  await think(ctx, { situation, mind });
  const after = await loadTask(ctx, { runId });
  return { callIds: after === null ? [] : openCalls(after) };
};

const openCalls = ({ calls }: TaskSituation): readonly Id<"workflowCall">[] =>
  calls.filter(({ outcome }) => outcome === "requested").map(({ id }) => id);

/** The bound that is reached before another call of the model; null when none is. */
const obstacleOf = ({ costMicros, isClubBudgetSpent, roundCount, task, tokens }: TaskSituation): TaskEnd | null => {
  if (isClubBudgetSpent) {
    return "club_budget_spent";
  }
  if (tokens >= task.budget.tokens) {
    return "token_budget";
  }
  if (costMicros >= task.budget.costMicros) {
    return "cost_budget";
  }
  return roundCount >= TASK_MAX_ROUNDS ? "round_limit" : null;
};

type Asking = { readonly situation: TaskSituation; readonly mind: TaskMind };

const think = async (ctx: ServiceContext, { mind, situation }: Asking): Promise<void> => {
  const { models } = situation.policy;
  const { runId } = situation;
  const capabilities = await readCapabilities(ctx);
  const result = await mind.think({
    system: [{ text: CUSTOM_PROMPT.text, isCached: true }],
    messages: messagesOf(situation),
    schema: CustomSchema,
    model: models.hard ?? models.agent ?? mind.model,
    fallbackModel: models.hard ?? mind.fallbackModel,
    fairKey: ctx.clubId,
    budgetMs: TASK_THOUGHT_MS,
    tools: toolsOf(situation.task.tools).filter(({ capability }) => capability === null || capabilities.includes(capability)),
  });
  const { tryCount: _tryCount, ...told } = result.turn;
  const turn = { ...told, promptVersion: CUSTOM_PROMPT_VERSION, errorKind: result.kind === "failed" ? result.failure.kind : null };
  if (result.kind === "failed") {
    await finishTask(ctx, { runId, turn, end: "model_failed", words: null, heldSpans: [] });
    return;
  }
  if (result.kind === "thought") {
    await finishTask(ctx, { runId, turn, ...judgeWords(result.value.words, situation) });
    return;
  }
  const requests = result.requests.map((request) => requestOf(request, situation));
  if (requests.length > TASK_REQUESTS_MAX || isRepeating(requests, situation)) {
    await finishTask(ctx, { runId, turn, end: "going_in_circles", words: null, heldSpans: [] });
    return;
  }
  await recordTaskRound(ctx, { runId, round: situation.roundCount, requests, turn });
};

const messagesOf = (situation: TaskSituation) => [
  {
    role: "user" as const,
    content: [
      untrusted("club", {
        name: situation.club.name,
        localTime: localTimeOf(situation),
        currency: situation.club.currency,
      }),
      untrusted("limits", { messages: situation.task.budget.messages }),
      untrusted("task_of_owner", situation.task.task),
      `<task>${CUSTOM_TASK}</task>`,
    ].join("\n"),
  },
  ...toolTurns(situation.calls),
];

/** The sentence of what it would do is code's, from the very arguments; what is no tool of this task has none. */
const requestOf = ({ id, input, name }: ToolRequest, { task }: TaskSituation): TaskRequest => {
  const tool = toolsOf(task.tools).find((known) => known.name === name);
  const summary = tool !== undefined && tool.input.safeParse(input).success ? tool.summarize(input) : null;
  return { externalId: id, name, arguments: input, argumentsHash: argumentsHashOf(Object(input)), summary };
};

/** What did not work may be asked for once more; what was answered is not asked again, and nothing a third time. */
const isRepeating = (requests: readonly TaskRequest[], { calls }: TaskSituation): boolean =>
  requests.every(({ argumentsHash, name }) => {
    const same = calls.filter((call) => call.name === name && call.argumentsHash === argumentsHash);
    return same.some(({ outcome }) => outcome === "done") || same.length >= 2;
  });

/** What the model says is kept only as far as results of this run, or the owner's own words, say it too. */
const judgeWords = (written: string, { calls, club, now, task }: TaskSituation): Thinking => {
  const words = stripInvisible(written).trim().slice(0, WORDS_MAX_CHARACTERS);
  if (words === "") {
    return { words: null, heldSpans: [], end: null };
  }
  const findings = checkFacts(
    withoutHandles(words, () => NOBODY_KNOWN),
    {
      facts: [
        ...calls.flatMap(({ result }) => factLines(result)),
        task.task,
        `${task.budget.messages} messages`,
        club.name,
        club.phone ?? "",
        localTimeOf({ club, now }),
      ],
      contactWords: [],
      allowedLinkHosts: [],
    },
  );
  return findings.length === 0
    ? { words, heldSpans: [], end: null }
    : { words: null, heldSpans: findings.map(({ span }) => span), end: "fact_lock" };
};
