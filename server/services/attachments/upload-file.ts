import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { cleanFileName, FILE_KINDS, kindWords, sizeWords, sniffKind, type FileKind } from "#server/domain/file-kinds.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { keptToday } from "#server/services/attachments/kept-today.ts";
import { CLUB_DAY_MAX_BYTES, UNSENT_MAX_COUNT, UPLOAD_MAX_BYTES } from "#server/services/attachments/limits.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

const NAME_MAX_CHARACTERS = 1_000;

const UploadFileInput = z.object({
  name: z.string().transform((text) => text.slice(0, NAME_MAX_CHARACTERS)),
  content: z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
});

/** A file that stands beside a reply and has not gone out. */
export type UploadedFile = {
  readonly id: Id<"attachment">;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
};

/**
 * Puts a file of mine aside for a reply; it goes after `UNSENT_KEPT_HOURS` unless it is sent.
 * @throws `invalid` for what is none of the kinds that are sent, `limit_exceeded` where there is too much of it
 */
export const uploadFile = async (ctx: ServiceContext, raw: z.input<typeof UploadFileInput>): Promise<UploadedFile> => {
  assertCan(ctx, "conversation.reply");
  const userId = staffOf(ctx);
  const { content, name } = UploadFileInput.parse(raw);
  if (content.length === 0 || content.length > UPLOAD_MAX_BYTES) {
    throw new DomainError("invalid", content.length === 0 ? "this file is empty" : `a file may weigh ${sizeWords(UPLOAD_MAX_BYTES)}`);
  }
  const kind = sniffKind(content);
  if (kind === null) {
    throw new DomainError("invalid", `only ${kindWords(Object.keys(FILE_KINDS) as FileKind[])} can be sent`);
  }
  const file = { name: cleanFileName(name, { fallback: "file", kind }), mediaType: FILE_KINDS[kind].mediaType, sizeBytes: content.length };
  return inTransaction(ctx, async (tx) => {
    await refuseTooMuch(tx, ctx, { userId, sizeBytes: content.length });
    const id = newId("attachment");
    await tx.db.attachment.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        uploadedById: userId,
        ...file,
        content,
        contentHash: sha256(content),
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "attachment.added", entityId: id, details: { mediaType: file.mediaType, bytes: file.sizeBytes } });
    return { id, ...file };
  });
};

type Weight = { readonly userId: Id<"user">; readonly sizeBytes: number };

const refuseTooMuch = async (tx: ServiceTx, ctx: ServiceContext, { sizeBytes, userId }: Weight): Promise<void> => {
  const unsentCount = await tx.db.attachment.count({ where: { clubId: ctx.clubId, messageId: null, uploadedById: userId } });
  if (unsentCount >= UNSENT_MAX_COUNT) {
    throw new DomainError("limit_exceeded", "too many files wait to be sent: send or remove some first");
  }
  if ((await keptToday(tx, ctx)) + sizeBytes > CLUB_DAY_MAX_BYTES) {
    throw new DomainError("limit_exceeded", "the club has sent and received as many files as it may within a day");
  }
};
