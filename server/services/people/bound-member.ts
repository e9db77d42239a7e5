import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import { provenMember } from "#server/services/identity-checks/proven-member.ts";
import { bindingOf } from "#server/services/people/binding.ts";

/** The one member behind whoever writes in a conversation; null where nobody can be sure who that is. */
export const boundMember = async (tx: Tx, { clubId }: { readonly clubId: string }, conversationId: string) => {
  const conversation = await tx.db.conversation.findFirst({
    where: { id: conversationId, clubId },
    select: { contactId: true, inboundSequence: true, channel: { select: { kind: true } } },
  });
  if (conversation === null) {
    return null;
  }
  const { contactId, inboundSequence } = conversation;
  const identity = await tx.db.contactIdentity.findFirst({
    where: { clubId, contactId, channelKind: conversation.channel.kind },
    orderBy: { id: "desc" },
    select: { contactId: true, channelKind: true, addressKey: true },
  });
  const binding = identity === null ? "unknown" : await bindingOf(tx, { clubId }, identity);
  const proof = await provenMember(tx, { clubId }, { conversationId, contactId, binding });
  if (binding !== "bound" && proof === null) {
    return null;
  }
  const who = proof === null ? { contactId } : { id: proof.memberId };
  const member = await tx.db.member.findFirst({ where: { clubId, ...who, archivedAt: null } });
  return member === null ? null : { contactId, inboundSequence, member };
};
