import "server-only";

import { QUESTIONS, type ClubKind, type FirstRunStep, type Question, type StepState } from "#server/domain/first-run.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

export type FirstRun = {
  readonly kind: ClubKind;
  /** Whether the sandboxes run here, so that one of them can be connected. */
  readonly hasSandbox: boolean;
  readonly connect: StepState;
  readonly questions: Readonly<Record<Question, StepState>>;
  /** What answers became, by question. */
  readonly articles: Readonly<Partial<Record<Question, Id<"knowledgeArticle">>>>;
  readonly tried: StepState;
};

/** How far a new club is set up; null for one that was never set up this way, or is done. */
export const getFirstRun = async (ctx: ServiceContext): Promise<FirstRun | null> => {
  assertCan(ctx, "club.manage");
  return withClub(ctx, (tx) => readFirstRun(tx, ctx), { fixedNow: ctx.fixedNow });
};

const readFirstRun = async (tx: Tx, ctx: ServiceContext): Promise<FirstRun | null> => {
  const rows = await tx.db.firstRunStep.findMany({ where: { clubId: ctx.clubId }, select: { step: true, state: true, articleId: true } });
  const steps = new Map(rows.map((row) => [row.step, row]));
  if (!steps.has("begun") || steps.has("finished")) {
    return null;
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { kind: true } });
  const connectionCount = await tx.db.connection.count({ where: { clubId: ctx.clubId, archivedAt: null } });
  const { policy } = await resolvedPolicy(tx, ctx);
  const told = { opening_hours: policy.hours.opening !== null, staffed_hours: policy.hours.staffed !== null };
  const stateOf = (step: FirstRunStep): StepState => {
    const row = steps.get(step);
    return row === undefined ? "open" : row.state === "done" ? "done" : "skipped";
  };
  const questionState = (question: Question): StepState =>
    (question === "opening_hours" || question === "staffed_hours") && told[question] ? "done" : stateOf(question);
  return {
    kind: club.kind === "golf" ? "golf" : "gym",
    hasSandbox: env.DEMO_MODE === "on",
    connect: connectionCount > 0 ? "done" : stateOf("connect"),
    questions: byQuestion(questionState),
    articles: Object.fromEntries(
      rows.flatMap(({ step, articleId }) => (articleId === null ? [] : [[step, asId("knowledgeArticle", articleId)]])),
    ),
    tried: stateOf("try"),
  };
};

const byQuestion = <T>(valueOf: (question: Question) => T): Record<Question, T> =>
  Object.fromEntries(QUESTIONS.map((question) => [question, valueOf(question)])) as Record<Question, T>;
