import "server-only";

import { inTransaction, systemContext, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { suppressAddress } from "#server/services/people/suppress-address.ts";
import { readUnsubscribeLink, type UnsubscribeLink } from "#server/services/people/unsubscribe-link.ts";

/**
 * Ends e-mail to the address of a link, as a STOP ends texts: for all clubs of the franchise, and at once. As often as
 * one likes. @throws `not_found` for a link that is none of ours
 */
export const unsubscribe = async (token: string): Promise<void> => {
  const link = readUnsubscribeLink(token);
  const ctx = systemContext(link, { job: "unsubscribe" });
  await inTransaction(ctx, async (tx) => {
    const addresses = [{ addressKey: link.addressKey, channelKind: "email" }];
    if (!(await suppressAddress(tx, ctx, { addresses, source: "link" }))) {
      return;
    }
    await dropPlansTo(tx, ctx, link);
    tx.news.actions.push({
      kind: "contact.opted_out",
      risk: "reversible",
      summary: "Somebody unsubscribed from e-mail; nothing more is sent to this address.",
      outcome: "done",
    });
  });
};

/** Dispatch would refuse them; dropped, nobody is asked to approve what can no longer go out. */
const dropPlansTo = async (tx: ServiceTx, ctx: ServiceContext, { addressKey }: UnsubscribeLink): Promise<void> => {
  const conversations = await tx.db.conversation.findMany({
    where: {
      clubId: ctx.clubId,
      channel: { kind: "email" },
      contact: { identities: { some: { channelKind: "email", addressKey } } },
    },
    select: { id: true },
  });
  for (const { id } of conversations) {
    await dropPlans(tx, ctx, { conversationId: id, reason: "opted_out", plannedBy: ["agent", "workflow", "staff"] });
  }
};
