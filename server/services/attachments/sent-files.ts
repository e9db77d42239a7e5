import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { fileObstacle } from "#server/domain/file-kinds.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { fileOfferOf } from "#server/services/attachments/file-offer.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { SendArguments } from "#server/services/effects/effect-arguments.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

type Named = NonNullable<SendArguments["files"]>;
type Choice = { readonly attachmentIds: readonly string[]; readonly connectionId: string };

/**
 * My files as the arguments of a send name them, in the order given; a repeated call finds them also once they are sent.
 * @throws `precondition_failed` where one is gone, or the channel takes none or not these
 */
export const nameFiles = async (tx: Tx, ctx: ServiceContext, { attachmentIds, connectionId }: Choice): Promise<Named> => {
  const rows = await tx.db.attachment.findMany({
    where: { clubId: ctx.clubId, id: { in: [...attachmentIds] }, uploadedById: staffOf(ctx) },
    select: { id: true, name: true, mediaType: true, sizeBytes: true, contentHash: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const files = attachmentIds.flatMap((id) => {
    const row = byId.get(id);
    return row?.contentHash == null
      ? []
      : [{ attachmentId: id, name: row.name, mediaType: row.mediaType, sizeBytes: row.sizeBytes, sha256: row.contentHash }];
  });
  if (files.length !== attachmentIds.length) {
    throw GONE();
  }
  const connection = await tx.db.connection.findFirstOrThrow({
    where: { id: connectionId, clubId: ctx.clubId },
    select: { provider: true },
  });
  const offer = fileOfferOf(connection.provider);
  const obstacle = offer.kind === "none" ? "this channel takes no files" : fileObstacle(files, offer.rules);
  if (obstacle !== null) {
    throw new DomainError("precondition_failed", obstacle);
  }
  return files;
};

const GONE = () => new DomainError("precondition_failed", "a file of this reply is no longer here: remove it and add it once more");

type Bound = { readonly files: Named; readonly messageId: Id<"message"> };

/** From here on they are the message's. @throws `precondition_failed` where one is another message's by now */
export const bindFiles = async (tx: ServiceTx, ctx: ServiceContext, { files, messageId }: Bound): Promise<void> => {
  if (files.length === 0) {
    return;
  }
  const { count } = await tx.db.attachment.updateMany({
    where: { clubId: ctx.clubId, id: { in: files.map(({ attachmentId }) => attachmentId) }, messageId: null, uploadedById: staffOf(ctx) },
    data: { messageId },
  });
  if (count !== files.length) {
    throw GONE();
  }
};

/** A reply that was taken back gives them back to whoever wrote it. */
export const releaseFiles = async (tx: ServiceTx, ctx: ServiceContext, messageId: string): Promise<void> => {
  await tx.db.attachment.updateMany({ where: { clubId: ctx.clubId, messageId, uploadedById: { not: null } }, data: { messageId: null } });
};
