import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { keepHold, KEPT_HOLD_KINDS } from "#server/services/past-due/keep-hold.ts";

export const PlaceHoldInput = z.object({
  contactId: idSchema("contact"),
  kind: z.enum(KEPT_HOLD_KINDS),
  reason: z.string().trim().min(3, "say why").max(500),
  /** Without it until somebody releases it. */
  until: z.date().nullable().default(null),
});

/** A person of the club puts a hold on somebody's debts; an exception needs whoever decides about doors. @throws `not_found` */
export const placeHold = async (
  ctx: ServiceContext,
  raw: z.input<typeof PlaceHoldInput>,
): Promise<{ readonly holdId: Id<"billingHold"> }> => {
  const { contactId, kind, reason, until } = PlaceHoldInput.parse(raw);
  assertCan(ctx, kind === "exemption" ? "access.decide" : "debt.note");
  return inTransaction(ctx, async (tx) => {
    const contact = await tx.db.contact.findFirst({ where: { id: contactId, clubId: ctx.clubId, archivedAt: null }, select: { id: true } });
    if (contact === null) {
      throw notFound("contact");
    }
    if (until !== null && until <= tx.now) {
      throw new DomainError("invalid", "a hold ends in the future");
    }
    const holdId = await keepHold(tx, ctx, { contactId, kind, reason: stripInvisible(reason), until });
    if (holdId === null) {
      throw new DomainError("conflict", "this holds already");
    }
    return { holdId };
  });
};
