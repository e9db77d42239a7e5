import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

export type LockedRow = {
  readonly id: Id<"conversation">;
  readonly contactId: Id<"contact">;
  readonly channelId: Id<"channel">;
  readonly connectionId: Id<"connection">;
  readonly status: string;
  readonly handledBy: string;
  readonly needsYou: string;
  readonly inboundSequence: number;
  readonly disclosedAt: Date | null;
  readonly channelKind: "sms" | "email" | "clubos";
  readonly address: string | null;
  readonly addressKey: string | null;
  readonly recipientExternalId: string | null;
  /** Empty where a contact has one conversation on a channel. */
  readonly threadKey: string;
  readonly subject: string | null;
};

/** The conversation with where its answers go, locked until the transaction ends; null for a missing or foreign one. */
export const lockConversation = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<LockedRow | null> => {
  const [row] = await tx.db.$queryRaw<LockedRow[]>`
    select c.id, c."contactId", c."channelId", c.status, c."handledBy", c."needsYou", c."inboundSequence", c."disclosedAt", c."threadKey", c.subject,
           ch."connectionId", ch.kind as "channelKind", i.address, i."addressKey", i."externalId" as "recipientExternalId"
    from "Conversation" c
    join "Channel" ch on ch.id = c."channelId" and ch."clubId" = c."clubId"
    left join lateral (
      select address, "addressKey", "externalId" from "ContactIdentity"
      where "clubId" = c."clubId" and "contactId" = c."contactId" and "channelKind" = ch.kind
      order by id desc limit 1) i on true
    where c.id = ${conversationId} and c."clubId" = ${ctx.clubId}
    for update of c`;
  return row ?? null;
};
