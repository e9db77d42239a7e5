import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const WithdrawPromiseInput = z.object({
  promiseId: idSchema("paymentPromise"),
  reason: z.string().trim().min(3, "say why").max(500),
});

/** A person of the club takes back a promise that does not hold any more; the ladder goes on with the next run. @throws `not_found`, `precondition_failed` once it is settled */
export const withdrawPromise = async (ctx: ServiceContext, raw: z.input<typeof WithdrawPromiseInput>): Promise<void> => {
  assertCan(ctx, "debt.note");
  const { promiseId, reason } = WithdrawPromiseInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const where = { id: promiseId, clubId: ctx.clubId };
    const { count } = await tx.db.paymentPromise.updateMany({
      where: { ...where, status: "open" },
      data: { status: "withdrawn", settledAt: tx.now },
    });
    if (count === 0) {
      throw (await tx.db.paymentPromise.count({ where })) === 0
        ? notFound("promise")
        : new DomainError("precondition_failed", "this promise is settled already");
    }
    await recordAudit(tx, ctx, { action: "promise.withdrawn", entityId: promiseId, details: { reason: stripInvisible(reason) } });
    tx.news.changes.push({ topic: "club" });
  });
};
