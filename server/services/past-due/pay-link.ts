import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";

/** `plan`: the vendor is asked first; `waits`: one was asked for, and has not answered well; `none`: nobody here makes links. */
export type PayLink =
  | { readonly kind: "link"; readonly url: string }
  | { readonly kind: "plan"; readonly effectId: Id<"effect"> }
  | { readonly kind: "waits" | "none" };

/**
 * A link over exactly what a payer owes: an open one of this amount, else a new one.
 * @param effectKey of a new link: asked again with the same key, the link that was made for it is answered, or that there is none
 */
export const payLinkFor = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { debt, effectKey }: { readonly debt: Debt; readonly effectKey: string },
): Promise<PayLink> => {
  const { currency, dueMinor } = debt.facts;
  const open = await tx.db.payRequest.findFirst({
    where: { clubId: ctx.clubId, contactId: debt.contactId, status: "open", amountMinor: dueMinor, currency, url: { not: null } },
    orderBy: { id: "desc" },
    select: { url: true },
  });
  if (open?.url != null) {
    return { kind: "link", url: open.url };
  }
  const asked = await tx.db.effect.findFirst({ where: { clubId: ctx.clubId, effectKey }, select: { id: true } });
  if (asked !== null) {
    return { kind: "waits" };
  }
  const [connectionId] = await connectionsWith(tx, ctx, "payLink");
  if (connectionId === undefined || (currency !== "USD" && currency !== "CAD")) {
    return { kind: "none" };
  }
  const { email, firstName, lastName, memberId, phone } = debt.payer;
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    kind: "payLink.create",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId,
    contactId: debt.contactId as Id<"contact">,
    purpose: "billing",
    arguments: {
      payer: { memberId, firstName, lastName, email, phone },
      amountMinor: `${dueMinor}`,
      currency,
      description: `Open balance of ${debt.what}`,
    },
  });
  return { kind: "plan", effectId };
};
