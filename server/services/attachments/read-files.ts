import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { MessageFile } from "#server/domain/inbox-view.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { isFetchable } from "#server/services/attachments/file-offer.ts";

/** Files by the message they belong to. */
export type Files = ReadonlyMap<string, readonly MessageFile[]>;

type Page = { readonly clubId: string; readonly provider: string; readonly messages: readonly { readonly id: string }[] };

/** What a page of messages carries, in the order in which it was sent; none of the bytes. */
export const readFiles = async (tx: Tx, { clubId, messages, provider }: Page): Promise<Files> => {
  const rows = await tx.db.attachment.findMany({
    where: { clubId, messageId: { in: messages.map(({ id }) => id) } },
    orderBy: { id: "asc" },
    select: { id: true, messageId: true, name: true, mediaType: true, sizeBytes: true, externalUrl: true, contentHash: true },
  });
  const byMessage = new Map<string, MessageFile[]>();
  for (const { contentHash, externalUrl, id, messageId, ...row } of rows) {
    const ofMessage = byMessage.get(messageId ?? "") ?? [];
    byMessage.set(messageId ?? "", [
      ...ofMessage,
      { id: id as Id<"attachment">, ...row, canOpen: contentHash !== null || isFetchable(provider, externalUrl) },
    ]);
  }
  return byMessage;
};
