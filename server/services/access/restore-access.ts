import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { liftLocks } from "#server/services/access/lift-locks.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const RestoreAccessInput = z.object({ paymentId: idSchema("payment") });

/**
 * Plans to let a payer's people in again whom we have locked out, once what came in leaves less than what the door was locked for.
 * A lock that is not ours, a balance nobody knows and a payment that is too small change nothing. Once for each lock.
 */
export const restoreAccess = async (
  ctx: ServiceContext,
  raw: z.input<typeof RestoreAccessInput>,
): Promise<{ readonly effectIds: readonly Id<"effect">[] }> => {
  assertCan(ctx, "effect.plan");
  const { paymentId } = RestoreAccessInput.parse(raw);
  const payers = await withClub(ctx, async (tx) => {
    const payment = await tx.db.payment.findFirst({
      where: { id: paymentId, clubId: ctx.clubId },
      select: { contactId: true, member: { select: { contactId: true } } },
    });
    if (payment === null) {
      throw notFound("payment");
    }
    const contactIds = [payment.contactId, payment.member?.contactId ?? null].filter((id) => id !== null);
    return payersOf(tx, ctx, contactIds);
  });
  return { effectIds: await liftLocks(ctx, { contactIds: payers }) };
};
