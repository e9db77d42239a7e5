import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { FILE_KINDS, sniffKind } from "#server/domain/file-kinds.ts";
import { idSchema } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
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

/** The bytes of a file of a conversation, or of one that I have put to a reply. @throws `not_found` also for what is not kept here */
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
      select: { name: true, content: true, contentHash: true },
    }),
  );
  if (row === null || row.content === null || row.contentHash === null) {
    throw notFound("file");
  }
  const kind = sniffKind(row.content);
  const isPicture = kind !== null && FILE_KINDS[kind].isPicture;
  return {
    name: row.name,
    mediaType: kind !== null && isPicture ? FILE_KINDS[kind].mediaType : "application/octet-stream",
    isPicture,
    content: row.content,
    hash: row.contentHash,
  };
};
