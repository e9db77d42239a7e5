import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { FetchedFile } from "#server/connectors/files.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { FILE_KINDS, sniffKind } from "#server/domain/file-kinds.ts";
import { sha256 } from "#server/platform/keys.ts";
import { isFetchable } from "#server/services/attachments/file-offer.ts";
import { keptToday } from "#server/services/attachments/kept-today.ts";
import { CLUB_DAY_MAX_BYTES, KEPT_MAX_BYTES } from "#server/services/attachments/limits.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export type RemoteFile = {
  readonly id: string;
  readonly url: string | null;
  readonly connection: { readonly id: string; readonly provider: string } | null;
};

type Content = FetchedFile["content"];

/**
 * A file that a webhook only named: fetched when somebody first looks, so that no webhook waits for it and nobody's pictures are copied
 * unseen; from then on it is kept, because vendors delete. @throws `not_found`, `upstream_unavailable` where the vendor does not hand it out
 */
export const fetchKept = async (ctx: ServiceContext, { connection, id, url }: RemoteFile): Promise<Content> => {
  assertCan(ctx, "conversation.read");
  if (connection === null || url === null || !isFetchable(connection.provider, url)) {
    throw notFound("file");
  }
  const content = await fetchFrom(ctx, { connectionId: connection.id, url });
  await inTransaction(ctx, async (tx) => {
    if ((await keptToday(tx, ctx)) + content.length > CLUB_DAY_MAX_BYTES) {
      return;
    }
    const kind = sniffKind(content);
    const { count } = await tx.db.attachment.updateMany({
      where: { id, clubId: ctx.clubId, contentHash: null },
      data: {
        content,
        contentHash: sha256(content),
        sizeBytes: content.length,
        ...(kind === null ? {} : { mediaType: FILE_KINDS[kind].mediaType }),
      },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "attachment.fetched", entityId: id, details: { bytes: content.length } });
    }
  });
  return content;
};

const fetchFrom = async (
  ctx: ServiceContext,
  { connectionId, url }: { readonly connectionId: string; readonly url: string },
): Promise<Content> => {
  try {
    const { files } = await openConnector(ctx, { connectionId });
    const fetched = await files?.fetch({ url, maxBytes: KEPT_MAX_BYTES });
    if (fetched === undefined || fetched.content.length === 0) {
      throw notFound("file");
    }
    return fetched.content;
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      throw error;
    }
    throw error.kind === "rejected"
      ? notFound("file")
      : new DomainError("upstream_unavailable", "the file cannot be fetched right now", { cause: error });
  }
};
