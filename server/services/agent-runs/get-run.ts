import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { maskJson } from "#server/domain/mask.ts";
import { redact } from "#server/domain/redact.ts";
import type { RunDetail, RunStep } from "#server/domain/run-view.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { explainDecisions } from "#server/services/decisions/explain-decisions.ts";

import { namesInRun } from "./names-in-run.ts";

export const GetRunInput = z.object({ runId: idSchema("agentRun") });

/** A run has eight calls at most; the summary of the conversation comes after it. */
const ROWS_MAX = 50;
const INDENT = 2;

/** Rows are written by several releases: what this one cannot read of them is left out, never guessed. */
const Inputs = z
  .object({
    kind: z.string().nullable().catch(null),
    local: z.object({ category: z.string(), subIntent: z.string(), confidence: z.number() }).nullable().catch(null),
    automation: z.object({ name: z.string(), step: z.string(), stage: z.string() }).nullable().catch(null),
    findings: z.array(z.object({ code: z.string(), span: z.string().catch("") })).catch([]),
  })
  .catch({ kind: null, local: null, automation: null, findings: [] });

/** One run of the agent, step by step, with names, numbers and amounts of people masked. @throws `not_found` */
export const getRun = async (ctx: ServiceContext, raw: z.input<typeof GetRunInput>): Promise<RunDetail> => {
  assertCan(ctx, "action.read");
  const { runId } = GetRunInput.parse(raw);
  return withClub(ctx, (tx) => readRun(tx, ctx, runId), { fixedNow: ctx.fixedNow });
};

const readRun = async (tx: Tx, { clubId }: ServiceContext, runId: string): Promise<RunDetail> => {
  const run = await tx.db.agentRun.findFirst({
    where: { id: runId, clubId },
    select: {
      conversationId: true,
      status: true,
      endCode: true,
      attempt: true,
      startedAt: true,
      finishedAt: true,
      turns: { orderBy: [{ createdAt: "asc" }, { id: "asc" }], take: ROWS_MAX },
      toolCalls: { orderBy: [{ createdAt: "asc" }, { id: "asc" }], take: ROWS_MAX },
    },
  });
  if (run === null) {
    throw notFound("run");
  }
  const { conversationId, toolCalls, turns, ...about } = run;
  const names = await namesInRun(tx, { clubId, runId });
  const prompts = await tx.db.modelPrompt.findMany({
    where: { clubId, modelTurnId: { in: turns.map(({ id }) => id) } },
    select: { modelTurnId: true },
  });
  const kept = new Set(prompts.map(({ modelTurnId }) => modelTurnId));
  const decision = await tx.db.decision.findFirst({
    where: { clubId, conversationId, agentRunId: runId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, inputs: true },
  });
  const { byDecision } = await explainDecisions(tx, { clubId }, { decisionIds: decision === null ? [] : [decision.id] });
  const why = decision === null ? null : (byDecision.get(decision.id) ?? null);
  const { automation, findings, kind, local } = Inputs.parse(decision?.inputs ?? {});
  return {
    ...about,
    id: asId("agentRun", runId),
    conversationId: asId("conversation", conversationId),
    steps: [...turns.map((turn) => modelStep(turn, kept.has(turn.id))), ...toolCalls.map((call) => toolStep(call, names))].toSorted(
      (left, right) => left.at.getTime() - right.at.getTime(),
    ),
    why: why === null ? null : { ...why, evidence: redact(why.evidence, { names }) },
    source: kind,
    local,
    automation,
    findings: findings.map(({ code, span }) => ({ code, span: redact(span, { names }) })),
    actions: await readActions(tx, { clubId, conversationId, runId }),
    total: totalOf(turns),
  };
};

type Turn = Awaited<ReturnType<Tx["db"]["modelTurn"]["findMany"]>>[number];
type Call = Awaited<ReturnType<Tx["db"]["toolCall"]["findMany"]>>[number];

const modelStep = ({ costMicros, createdAt, latencyMs, ...turn }: Turn, hasPrompt: boolean): RunStep => ({
  kind: "model",
  id: asId("modelTurn", turn.id),
  hasPrompt,
  at: createdAt,
  purpose: turn.purpose,
  model: turn.model,
  promptVersion: turn.promptVersion,
  stopReason: turn.stopReason,
  errorKind: turn.errorKind,
  durationMs: latencyMs,
  inputTokens: turn.inputTokens,
  outputTokens: turn.outputTokens,
  cacheReadTokens: turn.cacheReadTokens,
  cacheWriteTokens: turn.cacheWriteTokens,
  costMicros: Number(costMicros),
});

const toolStep = (call: Call, names: readonly string[]): RunStep => ({
  kind: "tool",
  id: call.id,
  at: call.createdAt,
  name: call.name,
  risk: call.risk,
  outcome: call.outcome,
  durationMs: call.finishedAt === null ? null : call.finishedAt.getTime() - call.createdAt.getTime(),
  arguments: masked(call.arguments, names),
  result: call.result === null ? null : masked(call.result, names),
});

const masked = (value: unknown, names: readonly string[]): string => JSON.stringify(maskJson(value, { names }), null, INDENT);

const totalOf = (turns: readonly Turn[]): RunDetail["total"] => ({
  inputTokens: turns.reduce((sum, turn) => sum + turn.inputTokens, 0),
  outputTokens: turns.reduce((sum, turn) => sum + turn.outputTokens, 0),
  cacheReadTokens: turns.reduce((sum, turn) => sum + turn.cacheReadTokens, 0),
  cacheWriteTokens: turns.reduce((sum, turn) => sum + turn.cacheWriteTokens, 0),
  costMicros: Number(turns.reduce((sum, turn) => sum + turn.costMicros, 0n)),
});

const readActions = async (
  tx: Tx,
  { clubId, conversationId, runId }: { readonly clubId: string; readonly conversationId: string; readonly runId: string },
): Promise<RunDetail["actions"]> => {
  const rows = await tx.db.aiAction.findMany({
    where: { clubId, conversationId, agentRunId: runId },
    orderBy: { sequence: "asc" },
    take: ROWS_MAX,
    select: { id: true, sequence: true, summary: true, outcome: true, createdAt: true },
  });
  return rows.map(({ id, sequence, ...row }) => ({ ...row, id: asId("aiAction", id), sequence: `${sequence}` }));
};
