import "server-only";

import { z } from "zod";

import { BATCH_MAX_COUNT, isBatchable } from "#server/domain/approval-batch.ts";
import { DomainError } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { approve } from "#server/services/approvals/decide-approval.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const ApproveDraftsInput = z.object({ approvalIds: z.array(idSchema("approval")).min(1).max(BATCH_MAX_COUNT) });

/** `left`: it was decided, overtaken, changed or too heavy meanwhile; nothing of it went out by this. */
export type DraftVerdict = {
  readonly approvalId: Id<"approval">;
  readonly kind: "approved" | "left";
  /** Why it was left, in a sentence for people. */
  readonly reason: string | null;
};

/**
 * Lets several drafts go, each as it stands and each on its own: one that was decided or has changed since is left, the others go.
 * Nothing heavier than an answer is ever among them.
 */
export const approveDrafts = async (ctx: ServiceContext, raw: z.input<typeof ApproveDraftsInput>): Promise<readonly DraftVerdict[]> => {
  assertCan(ctx, "approval.decide");
  const approvalIds = [...new Set(ApproveDraftsInput.parse(raw).approvalIds)];
  const light = await lightOnes(ctx, approvalIds);
  const verdicts: DraftVerdict[] = [];
  for (const approvalId of approvalIds) {
    verdicts.push(
      light.has(approvalId)
        ? await decide(ctx, approvalId)
        : { approvalId, kind: "left", reason: "this is not approved together with others" },
    );
  }
  return verdicts;
};

const lightOnes = async (ctx: ServiceContext, approvalIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await withClub(ctx, (tx) =>
    tx.db.approval.findMany({
      where: { id: { in: [...approvalIds] }, clubId: ctx.clubId },
      select: { id: true, conversationId: true, requiredCount: true, effect: { select: { kind: true, purpose: true } } },
    }),
  );
  return new Set(
    rows.filter(({ effect, ...row }) => isBatchable({ ...row, effectKind: effect.kind, purpose: effect.purpose })).map(({ id }) => id),
  );
};

const decide = async (ctx: ServiceContext, approvalId: Id<"approval">): Promise<DraftVerdict> => {
  try {
    await approve(ctx, { approvalId });
    return { approvalId, kind: "approved", reason: null };
  } catch (error) {
    if (error instanceof DomainError) {
      return { approvalId, kind: "left", reason: error.message };
    }
    throw error;
  }
};
