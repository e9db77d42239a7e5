import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { roadToContact } from "#server/services/messages/road-to-contact.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";

type Told = { readonly contactId: string; readonly effectKey: string; readonly purpose: "service" | "billing"; readonly text: string };

/** Plans one text of the machinery to a payer; whether it may go out is asked at the last gate. Null = no channel leads there. */
export const tellPayer = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactId, effectKey, purpose, text }: Told,
): Promise<Id<"effect"> | null> => {
  const { clubId, franchiseId } = ctx;
  const contact = await tx.db.contact.findFirst({ where: { id: contactId, clubId, archivedAt: null }, select: { isAgentOff: true } });
  const club = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { name: true, phone: true } });
  const road = contact === null || contact.isAgentOff ? null : await roadToContact(tx, ctx, { contactId, club });
  if (road === null) {
    return null;
  }
  const { channel, identity, kind, place } = road;
  const mail =
    kind === "email"
      ? { subject: `${club.name}: your balance`, unsubscribeUrl: unsubscribeUrlOf({ franchiseId, clubId, addressKey: place.addressKey }) }
      : {};
  return planEffect(tx, ctx, {
    effectKey,
    kind: "message.send",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId: channel.connection.id,
    channelId: place.channelId,
    conversationId: place.conversationId,
    contactId: place.contactId,
    addressKey: place.addressKey,
    channelKind: kind,
    purpose,
    arguments: { to: identity.address ?? "", recipientExternalId: identity.externalId, text: withOptOut(text), ...mail },
  });
};
