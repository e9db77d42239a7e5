import "server-only";

import { gunzipSync } from "node:zlib";

import { z } from "zod";

import { IMPORT_KINDS } from "#server/domain/csv-import.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { FILE_MAX_BYTES, UPLOAD_MAX_CHARS } from "#server/services/imports/limits.ts";
import { decodeText, delimiterOf, parseTable } from "#server/services/imports/read-table.ts";

const NAME_MAX_LENGTH = 200;

export const UploadTableInput = z.object({
  kind: z.enum(IMPORT_KINDS),
  fileName: z.string().trim().min(1).max(NAME_MAX_LENGTH),
  /** The file, compressed with gzip, in base64. */
  content: z.base64().max(UPLOAD_MAX_CHARS, "this file is larger than 10 MB"),
  /** Take a file in once more that has been taken in before, such as with other columns. */
  again: z.boolean().default(false),
});

type Uploaded = {
  readonly importId: Id<"csvImport">;
  /** The same file was here before; nothing was stored now. */ readonly isRepeated: boolean;
};

/** Takes a table in, to be looked at and stored later. The same file again is the same import. @throws `invalid` for what is no table */
export const uploadTable = async (ctx: ServiceContext, raw: z.input<typeof UploadTableInput>): Promise<Uploaded> => {
  assertCan(ctx, "member.import");
  if (ctx.actor.kind !== "staff") {
    throw new DomainError("forbidden", "a file is handed in by a person");
  }
  const { kind, fileName, content, again } = UploadTableInput.parse(raw);
  const bytes = unpacked(content);
  const { text, encoding } = decodeText(bytes);
  const delimiter = delimiterOf(text);
  const { headers, rows } = parseTable(text, delimiter);
  const fileHash = sha256(bytes);
  const createdById = ctx.actor.userId;
  return inTransaction(ctx, async (tx) => {
    const own = { clubId: ctx.clubId, kind, fileHash };
    const file = {
      fileName,
      encoding,
      delimiter,
      headers: [...headers],
      content: text,
      status: "uploaded",
      rowCount: rows.length,
      updatedAt: tx.now,
    };
    const id = newId("csvImport");
    const { count } = await tx.db.csvImport.createMany({
      data: { id, franchiseId: ctx.franchiseId, ...own, ...file, createdById, createdAt: tx.now },
      skipDuplicates: true,
    });
    if (count === 1) {
      await recordAudit(tx, ctx, { action: "import.uploaded", entityId: id, details: { kind, rowCount: rows.length } });
      return { importId: id, isRepeated: false };
    }
    const before = await tx.db.csvImport.findFirstOrThrow({
      where: { ...own, status: { not: "cancelled" } },
      select: { id: true, status: true },
    });
    const importId = before.id as Id<"csvImport">;
    if (!again || before.status !== "finished") {
      return { importId, isRepeated: true };
    }
    await reopen(tx, ctx, { importId, file });
    return { importId, isRepeated: false };
  });
};

const unpacked = (content: string): Buffer => {
  try {
    const bytes = gunzipSync(Buffer.from(content, "base64"), { maxOutputLength: FILE_MAX_BYTES });
    return bytes;
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new DomainError("invalid", isTooLarge ? "this file is larger than 10 MB" : "this file did not arrive whole", { cause: error });
  }
};

type File = { readonly content: string; readonly updatedAt: Date };

const reopen = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { importId, file }: { readonly importId: Id<"csvImport">; readonly file: File },
): Promise<void> => {
  const zero = { nextRow: 0, createdCount: 0, changedCount: 0, unchangedCount: 0, mergedCount: 0, refusedCount: 0 };
  const { count } = await tx.db.csvImport.updateMany({
    where: { id: importId, clubId: ctx.clubId, status: "finished" },
    data: { ...file, ...zero, startedAt: null, finishedAt: null },
  });
  if (count === 1) {
    await tx.db.csvRefusal.deleteMany({ where: { clubId: ctx.clubId, importId } });
    await recordAudit(tx, ctx, { action: "import.uploaded", entityId: importId, details: { again: true } });
  }
};
