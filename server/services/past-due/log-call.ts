import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const LogCallInput = z.object({ contactId: idSchema("contact"), note: z.string().trim().max(500).default("") });

/** A call that staff made about a debt counts as an attempt. @throws `precondition_failed` where nothing is owed */
export const logCall = async (
  ctx: ServiceContext,
  raw: z.input<typeof LogCallInput>,
): Promise<{ readonly attemptId: Id<"collectionAttempt"> }> => {
  assertCan(ctx, "debt.note");
  const { contactId, note } = LogCallInput.parse(raw);
  const { actor } = ctx;
  if (actor.kind !== "staff") {
    throw new DomainError("forbidden", "calls are made by people");
  }
  return inTransaction(ctx, async (tx) => {
    const [payerId] = await payersOf(tx, ctx, [contactId]);
    const { debt } = payerId === undefined ? { debt: null } : await loadDebt(tx, ctx, payerId);
    if (debt === null) {
      throw notFound("member");
    }
    const { currency, dueMinor, episodeOn } = debt.facts;
    if (episodeOn === null) {
      throw new DomainError("precondition_failed", "nothing is owed");
    }
    const attemptId = newId("collectionAttempt");
    await tx.db.collectionAttempt.createMany({
      data: {
        id: attemptId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        contactId: debt.contactId,
        tier: "call",
        amountMinor: dueMinor,
        currency,
        episodeOn,
        loggedById: actor.userId,
        note: stripInvisible(note) || null,
        at: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "debt.called", entityId: attemptId });
    tx.news.changes.push({ topic: "club" });
    return { attemptId };
  });
};
