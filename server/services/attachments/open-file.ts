import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { FILE_KINDS, sniffKind } from "#server/domain/file-kinds.ts";
import { idSchema } from "#server/domain/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { fetchKept } from "#server/services/attachments/fetch-kept.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

const OpenFileInput = z.object({ attachmentId: idSchema("attachment") });

export type OpenedFile = {
  readonly name: string;
  /** What a browser may be told it is: the type of a picture by its bytes, else nothing that it would run or show. */
  readonly mediaType: string;
  readonly isPicture: boolean;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly hash: string;
};

/**
 * The bytes of a file of a conversation, or of one that I have put to a reply. @throws `not_found` also for what is neither kept here nor handed out by the vendor,
 * `upstream_unavailable` while the vendor does not answer
 */
export const openFile = async (ctx: ServiceContext, raw: { readonly attachmentId: string }): Promise<OpenedFile> => {
  assertCan(ctx, "conversation.read");
  const parsed = OpenFileInput.safeParse(raw);
  if (!parsed.success) {
    throw notFound("file");
  }
  const row = await withClub(ctx, (tx) =>
    tx.db.attachment.findFirst({
      where: {
        id: parsed.data.attachmentId,
        clubId: ctx.clubId,
        OR: [{ messageId: { not: null } }, { uploadedById: staffUserId(ctx) ?? "" }],
      },
      select: {
        id: true,
        name: true,
        content: true,
        externalUrl: true,
        message: {
          select: { conversation: { select: { channel: { select: { connection: { select: { id: true, provider: true } } } } } } },
        },
      },
    }),
  );
  if (row === null) {
    throw notFound("file");
  }
  const connection = row.message?.conversation.channel.connection ?? null;
  const content = row.content ?? (await fetchKept(ctx, { id: row.id, url: row.externalUrl, connection }));
  const kind = sniffKind(content);
  const isPicture = kind !== null && FILE_KINDS[kind].isPicture;
  return {
    name: row.name,
    mediaType: kind !== null && isPicture ? FILE_KINDS[kind].mediaType : "application/octet-stream",
    isPicture,
    content,
    hash: sha256(content),
  };
};
