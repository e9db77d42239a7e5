import "server-only";

import type { VendorMedia } from "#server/connectors/files.ts";
import { cleanFileName, FILE_KINDS, sniffKind } from "#server/domain/file-kinds.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { keptToday } from "#server/services/attachments/kept-today.ts";
import { CLUB_DAY_MAX_BYTES, KEPT_MAX_BYTES } from "#server/services/attachments/limits.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Media = { readonly media: readonly VendorMedia[]; readonly messageId: Id<"message"> };

/**
 * The files of a message are named in any case. Those that came along with it are kept at once, because a mail has been read to its end
 * by then, and may be gone from the mailbox when somebody wants to see it; what is too large, or too much for a day, is only named.
 */
export const keepMedia = async (tx: ServiceTx, ctx: ServiceContext, { media, messageId }: Media): Promise<void> => {
  if (media.length === 0) {
    return;
  }
  let left = media.some(({ content }) => content !== undefined) ? CLUB_DAY_MAX_BYTES - (await keptToday(tx, ctx)) : 0;
  const rows = media.map((item, index) => {
    const { content } = item;
    const isKept = content !== undefined && content.length <= Math.min(KEPT_MAX_BYTES, left);
    left -= isKept ? content.length : 0;
    const kind = content === undefined ? null : sniffKind(content);
    return {
      id: newId("attachment"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      messageId,
      name: cleanFileName(item.name ?? "", { fallback: `attachment-${index + 1}` }),
      mediaType: kind === null ? mediaTypeOf(item.type) : FILE_KINDS[kind].mediaType,
      // What is not kept may be of any size; the column holds what can be.
      sizeBytes: Math.min(content?.length ?? item.sizeBytes ?? 0, KEPT_MAX_BYTES),
      externalUrl: item.url,
      ...(isKept ? { content, contentHash: sha256(content) } : {}),
      createdAt: tx.now,
    };
  });
  await tx.db.attachment.createMany({ data: rows });
};

/** What a sender says of a file is a name of a type, or nothing. */
const mediaTypeOf = (said: string | null): string =>
  /^[a-z0-9][\w.+-]{0,60}\/[\w.+-]{1,100}$/i.exec(said?.trim() ?? "")?.[0].toLowerCase() ?? "application/octet-stream";
