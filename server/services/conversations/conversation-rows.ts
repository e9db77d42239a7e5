import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ConversationRow } from "#server/domain/inbox-view.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** A conversation as the inbox shows it, its owner still an id. */
export type StoredRow = Omit<ConversationRow, "ownerName" | "clubSequence"> & {
  readonly ownerUserId: Id<"user"> | null;
  readonly clubSequence: bigint;
  readonly contactId: Id<"contact">;
  readonly handBackAt: Date | null;
  readonly connectionStatus: string;
  readonly provider: string;
};

/**
 * Conversations with what stands beside them, newest first.
 * @param chosen a select of ids, already limited: the joins run for the rows of one page only
 */
export const readRows = (tx: Tx, { clubId, chosen }: { readonly clubId: string; readonly chosen: Prisma.Sql }): Promise<StoredRow[]> =>
  tx.db.$queryRaw<StoredRow[]>`
    select c.id, c."contactId", contact."displayName" as "contactName", channel.kind as "channelKind", channel.name as "channelName",
           connection.status as "connectionStatus", connection.provider, c.subject, c.status, c."handledBy", c."ownerUserId", c."handBackAt", c."needsYou",
           c."waitingSince", c."snoozedUntil", c."unreadCount", c."requiresResponse", c."lastMessageAt", c."lastMessagePreview", c."lastMessageAuthor",
           c."lastCategory", c."clubSequence",
           array(select t.tag from "ConversationTag" t where t."clubId" = ${clubId} and t."conversationId" = c.id order by t.tag) as tags
    from "Conversation" c
    join "Contact" contact on contact.id = c."contactId" and contact."clubId" = c."clubId"
    join "Channel" channel on channel.id = c."channelId" and channel."clubId" = c."clubId"
    join "Connection" connection on connection.id = channel."connectionId" and connection."clubId" = c."clubId"
    where c."clubId" = ${clubId} and c.id in (${chosen})
    order by c."lastMessageAt" desc, c.id desc`;

export const inboxRow = (
  {
    ownerUserId,
    clubSequence,
    contactId: _contactId,
    handBackAt: _handBackAt,
    connectionStatus: _status,
    provider: _provider,
    ...row
  }: StoredRow,
  names: ReadonlyMap<string, string>,
): ConversationRow => ({
  ...row,
  ownerName: ownerUserId === null ? null : (names.get(ownerUserId) ?? null),
  clubSequence: clubSequence.toString(),
});
