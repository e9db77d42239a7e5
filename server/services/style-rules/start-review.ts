import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { isoWeekOf, isReviewTime, REVIEW_MIN_ITEMS, type ReviewItem } from "#server/domain/review.ts";
import { newId } from "#server/platform/ids.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { gatherItems } from "./gather-items.ts";
import { REVIEW_LEASE_MINUTES, REVIEW_RETRY_HOURS, RULES_LISTED_MAX_COUNT } from "./limits.ts";

export type StartedReview =
  | { readonly kind: "not_due" }
  | { readonly kind: "skipped" }
  | {
      readonly kind: "claimed";
      readonly reviewId: Id<"styleReview">;
      readonly items: readonly ReviewItem[];
      /** Rules there are or were, in any state: none of them is proposed again. */
      readonly existing: readonly string[];
      /** The policy's; null = the installation's. */
      readonly model: string | null;
    };

/**
 * Claims the review of the club's week, once: the row of the week is the fence. With too little to learn from, or no
 * budget left, the week is closed without a model call.
 */
export const startReview = async (ctx: ServiceContext): Promise<StartedReview> => {
  assertCan(ctx, "learning.measure");
  return inTransaction(ctx, async (tx) => {
    const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
    if (!isReviewTime(tx.now, timeZone)) {
      return { kind: "not_due" };
    }
    const reviewId = await claim(tx, ctx, isoWeekOf(tx.now, timeZone));
    if (reviewId === null) {
      return { kind: "not_due" };
    }
    const items = await gatherItems(tx, ctx);
    const { policy } = await resolvedPolicy(tx, ctx);
    const reason =
      items.length < REVIEW_MIN_ITEMS ? "too little to learn from" : (await isBudgetSpent(tx, ctx, policy)) ? "budget spent" : null;
    if (reason !== null) {
      const data = { status: "skipped", detail: reason, itemCount: items.length, finishedAt: tx.now, leaseUntil: null };
      await tx.db.styleReview.updateMany({ where: { id: reviewId, clubId: ctx.clubId }, data });
      await recordAudit(tx, ctx, { action: "review.finished", entityId: reviewId, details: { status: "skipped", reason } });
      return { kind: "skipped" };
    }
    const rules = await tx.db.styleRule.findMany({
      where: { clubId: ctx.clubId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: RULES_LISTED_MAX_COUNT,
      select: { text: true },
    });
    await tx.db.styleReview.updateMany({ where: { id: reviewId, clubId: ctx.clubId }, data: { itemCount: items.length } });
    return { kind: "claimed", reviewId, items, existing: rules.map(({ text }) => text), model: policy.models.agent };
  });
};

/** The row of the week for whoever comes first, or for the next one where the first died or its model call failed. */
const claim = async (tx: ServiceTx, ctx: ServiceContext, week: string): Promise<Id<"styleReview"> | null> => {
  const id = newId("styleReview");
  const leaseUntil = new Date(tx.now.getTime() + REVIEW_LEASE_MINUTES * 60_000);
  const created = await tx.db.styleReview.createMany({
    data: { id, franchiseId: ctx.franchiseId, clubId: ctx.clubId, week, status: "running", leaseUntil, createdAt: tx.now },
    skipDuplicates: true,
  });
  if (created.count === 1) {
    return id;
  }
  const retryable = new Date(tx.now.getTime() - REVIEW_RETRY_HOURS * 3_600_000);
  const { count } = await tx.db.styleReview.updateMany({
    where: {
      clubId: ctx.clubId,
      week,
      OR: [
        { status: "running", leaseUntil: { lt: tx.now } },
        { status: "failed", finishedAt: { lt: retryable } },
      ],
    },
    data: { status: "running", leaseUntil, finishedAt: null },
  });
  const row = count === 0 ? null : await tx.db.styleReview.findFirst({ where: { clubId: ctx.clubId, week }, select: { id: true } });
  return row === null ? null : asId("styleReview", row.id);
};
