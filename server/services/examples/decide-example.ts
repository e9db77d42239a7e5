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

export const ExampleInput = z.object({ exampleId: idSchema("example") });
type Input = z.input<typeof ExampleInput>;

/** The agent is shown this example from now on, where a question is like it. @throws `precondition_failed` when it is decided already */
export const acceptExample = (ctx: ServiceContext, raw: Input): Promise<void> =>
  decide(ctx, raw, {
    from: ["proposed", "withdrawn"],
    to: "accepted",
    action: "example.accepted",
    outcome: "approved",
    summary: "An owner accepted an example for the agent.",
  });

/** Nothing is learned from this one. @throws `precondition_failed` when it is decided already */
export const rejectExample = (ctx: ServiceContext, raw: Input): Promise<void> =>
  decide(ctx, raw, {
    from: ["proposed"],
    to: "rejected",
    action: "example.rejected",
    outcome: "rejected",
    summary: "An owner rejected a proposed example.",
  });

/** What was accepted is no longer shown to the agent; it can be accepted again. @throws `precondition_failed` when it is not accepted */
export const withdrawExample = (ctx: ServiceContext, raw: Input): Promise<void> =>
  decide(ctx, raw, {
    from: ["accepted"],
    to: "withdrawn",
    action: "example.withdrawn",
    outcome: "dropped",
    summary: "An owner withdrew an example from the agent.",
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
  const { exampleId } = ExampleInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const example = await tx.db.example.findFirst({ where: { id: exampleId, clubId: ctx.clubId }, select: { category: true } });
    if (example === null) {
      throw notFound("example");
    }
    const { count } = await tx.db.example.updateMany({
      where: { id: exampleId, clubId: ctx.clubId, status: { in: [...from] } },
      data: { status: to, decidedAt: tx.now, decidedById: staffUserId(ctx) },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "somebody decided about this example already");
    }
    await recordAudit(tx, ctx, { action, entityId: exampleId });
    tx.news.actions.push({ kind: action, risk: "reversible", outcome, summary, inputs: { exampleId, category: example.category } });
    tx.news.changes.push({ topic: "learning" });
  });
};
