import "server-only";

import { ASK_TOOLS } from "#server/agent/ask/ask-tools.ts";
import { localTimeOf, toolTurns } from "#server/agent/compose-prompt.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import { ASK_PROMPT, ASK_PROMPT_VERSION, ASK_TASK, AskSchema } from "#server/agent/prompts/ask.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { checkFacts } from "#server/domain/fact-lock.ts";
import type { Id } from "#server/domain/ids.ts";
import { factLines, NOBODY_KNOWN, withoutHandles } from "#server/domain/person-handles.ts";
import { isGoingInCircles, mayCallModel, timeLeftMs } from "#server/domain/run-limits.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { ToolRequest } from "#server/platform/model-client.ts";
import { readCapabilities } from "#server/services/agent-runs/read-capabilities.ts";
import { finishAskTurn, type AskEnd } from "#server/services/ask/finish-ask-turn.ts";
import { ANSWER_MAX_CHARACTERS } from "#server/services/ask/limits.ts";
import { loadAskTurn, type AskSituation } from "#server/services/ask/load-ask-turn.ts";
import { recordAskRound, type AskRequest } from "#server/services/ask/record-ask-round.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";

export type AskStep = { readonly kind: "ended" } | { readonly kind: "wants_tools"; readonly callIds: readonly Id<"askCall">[] };

type AskMind = Pick<Mind, "think" | "model" | "fallbackModel">;

/**
 * One round of an answer: the model is asked once, and what follows is stored. A round that was stored before answers with what
 * stands there and asks nobody. Nothing is done here.
 */
export const answerQuestion = async (
  ctx: ServiceContext,
  { round, turnId }: { readonly turnId: string; readonly round: number },
  mind: AskMind = installedMind(),
): Promise<AskStep> => {
  const situation = await loadAskTurn(ctx, { turnId });
  if (situation === null) {
    return { kind: "ended" };
  }
  if (situation.modelCallCount > round) {
    return { kind: "wants_tools", callIds: situation.calls.filter(({ turnIndex }) => turnIndex === round).map(({ id }) => id) };
  }
  const obstacle = obstacleOf(situation);
  if (obstacle !== null) {
    await finishAskTurn(ctx, { turnId, answer: null, endCode: obstacle, turn: null });
    return { kind: "ended" };
  }
  return ask(ctx, { situation, round, mind });
};

const obstacleOf = (situation: AskSituation): AskEnd | null => {
  if (!situation.mayAsk) {
    return "not_allowed";
  }
  if (situation.isBudgetSpent) {
    return "budget_spent";
  }
  return mayCallModel({ ...situation, costLimitMicros: situation.policy.budgets.runCostMicros }) ? null : "run_limit";
};

type Asking = { readonly situation: AskSituation; readonly round: number; readonly mind: AskMind };

const ask = async (ctx: ServiceContext, { mind, round, situation }: Asking): Promise<AskStep> => {
  const { models } = situation.policy;
  const { turnId } = situation;
  const capabilities = await readCapabilities(ctx);
  const result = await mind.think({
    system: [{ text: ASK_PROMPT.text, isCached: true }],
    messages: messagesOf(situation),
    schema: AskSchema,
    model: models.hard ?? models.agent ?? mind.model,
    fallbackModel: models.hard ?? mind.fallbackModel,
    fairKey: ctx.clubId,
    budgetMs: timeLeftMs(situation),
    tools: ASK_TOOLS.filter(({ capability }) => capability === null || capabilities.includes(capability)),
  });
  const { tryCount: _tryCount, ...told } = result.turn;
  const turn = { ...told, promptVersion: ASK_PROMPT_VERSION, errorKind: result.kind === "failed" ? result.failure.kind : null };
  if (result.kind === "failed") {
    await finishAskTurn(ctx, { turnId, answer: null, endCode: "model_failed", turn });
    return { kind: "ended" };
  }
  if (result.kind === "thought") {
    await finishAskTurn(ctx, { turnId, turn, ...judgeAnswer(result.value.answer, situation) });
    return { kind: "ended" };
  }
  const requests = result.requests.map(requestOf);
  if (isGoingInCircles(requests, situation.calls)) {
    await finishAskTurn(ctx, { turnId, answer: null, endCode: "run_limit", turn });
    return { kind: "ended" };
  }
  return { kind: "wants_tools", callIds: await recordAskRound(ctx, { turnId, round, requests, turn }) };
};

const messagesOf = (situation: AskSituation) => [
  {
    role: "user" as const,
    content: [
      untrusted("club", {
        name: situation.club.name,
        localTime: localTimeOf(situation),
        currency: situation.club.currency,
      }),
      untrusted("earlier", situation.earlier),
      untrusted("question", situation.question),
      `<task>${ASK_TASK}</task>`,
    ].join("\n"),
  },
  ...toolTurns(situation.calls),
];

/** The sentence of what it would do is code's, from the very arguments; what does not fit a tool has none. */
const requestOf = ({ id, input, name }: ToolRequest): AskRequest => {
  const tool = ASK_TOOLS.find((known) => known.name === name);
  const summary = tool !== undefined && tool.input.safeParse(input).success ? tool.summarize(input) : null;
  return { externalId: id, name, arguments: input, argumentsHash: argumentsHashOf(Object(input)), summary };
};

/** What the model says is kept only as far as results of this question, or the asker's own words, say it too. */
export const judgeAnswer = (
  written: string,
  { calls, club, now, question }: Pick<AskSituation, "calls" | "club" | "now" | "question">,
): { readonly answer: string | null; readonly heldSpans: readonly string[]; readonly endCode: AskEnd | null } => {
  const answer = stripInvisible(written).trim().slice(0, ANSWER_MAX_CHARACTERS);
  if (answer === "") {
    return { answer: null, heldSpans: [], endCode: "model_failed" };
  }
  const findings = checkFacts(
    withoutHandles(answer, () => NOBODY_KNOWN),
    {
      facts: [
        ...calls.filter(({ outcome }) => outcome === "done").flatMap(({ result }) => factLines(result)),
        club.name,
        club.phone ?? "",
        localTimeOf({ club, now }),
      ],
      contactWords: [question],
      allowedLinkHosts: [],
    },
  );
  return findings.length === 0
    ? { answer, heldSpans: [], endCode: null }
    : { answer: null, heldSpans: findings.map(({ span }) => span), endCode: "fact_lock" };
};
