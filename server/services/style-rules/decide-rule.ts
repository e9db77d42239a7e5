import "server-only";

import { z } from "zod";

import type { AuditAction } from "#server/domain/audit.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import type { ActionEntry } from "#server/domain/ledger.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

export const StyleRuleInput = z.object({ ruleId: idSchema("styleRule") });
type Input = z.input<typeof StyleRuleInput>;

/** The rule stands in the agent's personality from now on. @throws `precondition_failed` when it is decided already */
export const acceptRule = (ctx: ServiceContext, raw: Input): Promise<void> =>
  decide(ctx, raw, {
    from: ["proposed", "withdrawn"],
    to: "accepted",
    action: "rule.accepted",
    outcome: "approved",
    summary: "An owner accepted a rule of style.",
  });

/** It is not proposed again. @throws `precondition_failed` when it is decided already */
export const rejectRule = (ctx: ServiceContext, raw: Input): Promise<void> =>
  decide(ctx, raw, {
    from: ["proposed"],
    to: "rejected",
    action: "rule.rejected",
    outcome: "rejected",
    summary: "An owner rejected a proposed rule of style.",
  });

/** The agent no longer follows it; it can be accepted again. @throws `precondition_failed` when it is not accepted */
export const withdrawRule = (ctx: ServiceContext, raw: Input): Promise<void> =>
  decide(ctx, raw, {
    from: ["accepted"],
    to: "withdrawn",
    action: "rule.withdrawn",
    outcome: "dropped",
    summary: "An owner withdrew a rule of style.",
  });

type Step = {
  readonly from: readonly string[];
  readonly to: "accepted" | "rejected" | "withdrawn";
  readonly action: AuditAction & ActionEntry["kind"];
  readonly outcome: ActionEntry["outcome"];
  readonly summary: string;
};

const decide = async (ctx: ServiceContext, raw: Input, { action, from, outcome, summary, to }: Step): Promise<void> => {
  assertCan(ctx, "learning.decide");
  const { ruleId } = StyleRuleInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const where = { id: ruleId, clubId: ctx.clubId };
    if ((await tx.db.styleRule.count({ where })) === 0) {
      throw notFound("rule");
    }
    const { count } = await tx.db.styleRule.updateMany({
      where: { ...where, status: { in: [...from] } },
      data: { status: to, decidedAt: tx.now, decidedById: staffUserId(ctx) },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "somebody decided about this rule already");
    }
    await recordAudit(tx, ctx, { action, entityId: ruleId });
    tx.news.actions.push({ kind: action, risk: "reversible", outcome, summary, inputs: { ruleId } });
    tx.news.changes.push({ topic: "learning" });
  });
};
