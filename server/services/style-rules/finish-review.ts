import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { RuleProposal } from "#server/domain/review.ts";
import { newId } from "#server/platform/ids.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

type Review = {
  readonly reviewId: Id<"styleReview">;
  /** Null where the model call failed: the week is tried again. */
  readonly rules: readonly RuleProposal[] | null;
  readonly turn: TurnRecord;
};

/** Stores what a review proposes, what it cost, and its end. Whoever comes second stores only the cost. Returns how many rules wait for an owner. */
export const finishReview = async (ctx: ServiceContext, { reviewId, rules, turn }: Review): Promise<{ ruleCount: number }> => {
  assertCan(ctx, "learning.measure");
  return inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "review", turn });
    const status = rules === null ? "failed" : "done";
    const { count } = await tx.db.styleReview.updateMany({
      where: { id: reviewId, clubId: ctx.clubId, status: "running" },
      data: { status, detail: turn.errorKind, ruleCount: rules?.length ?? 0, finishedAt: tx.now, leaseUntil: null },
    });
    if (count === 0) {
      return { ruleCount: 0 };
    }
    await tx.db.styleRule.createMany({
      data: (rules ?? []).map(({ evidenceIds, text }) => ({
        id: newId("styleRule"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        text,
        status: "proposed",
        evidence: { reviewId, ids: [...evidenceIds] },
        createdAt: tx.now,
      })),
    });
    await recordAudit(tx, ctx, { action: "review.finished", entityId: reviewId, details: { status, ruleCount: rules?.length ?? 0 } });
    if (rules !== null && rules.length > 0) {
      tx.news.actions.push({
        kind: "rule.proposed",
        risk: "read",
        outcome: "planned",
        summary: "The weekly review proposed rules of style to the owner.",
        inputs: { reviewId, ruleCount: rules.length },
        model: turn.model,
        promptVersion: turn.promptVersion,
        costMicros: BigInt(Math.round(turn.costMicros)),
      });
      tx.news.changes.push({ topic: "learning" });
    }
    return { ruleCount: rules?.length ?? 0 };
  });
};
