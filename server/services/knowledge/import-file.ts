import "server-only";

import { gunzipSync } from "node:zlib";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { importSections, type Imported } from "./import-sections.ts";
import { FILE_MAX_BYTES, UPLOAD_MAX_CHARS } from "./limits.ts";
import { sectionsOfFile } from "./read-file.ts";

const NAME_MAX_LENGTH = 200;

export const ImportFileInput = z.object({
  fileName: z.string().trim().min(1).max(NAME_MAX_LENGTH),
  /** The file, compressed with gzip, in base64. */
  content: z.base64().max(UPLOAD_MAX_CHARS, "this file is larger than 5 MB"),
});

/** Reads a file into drafts, one a heading or a row. @throws `invalid` for a kind that is not read, or without text */
export const importFile = async (ctx: ServiceContext, raw: z.input<typeof ImportFileInput>): Promise<Imported> => {
  assertCan(ctx, "knowledge.write");
  const { fileName, content } = ImportFileInput.parse(raw);
  const sections = await sectionsOfFile(fileName, unpacked(content));
  if (sections.length === 0) {
    throw new DomainError("invalid", "there is no text in this file");
  }
  return importSections(ctx, { sections, source: "imported_file", from: fileName });
};

const unpacked = (content: string): Buffer => {
  try {
    return gunzipSync(Buffer.from(content, "base64"), { maxOutputLength: FILE_MAX_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new DomainError("invalid", isTooLarge ? "this file is larger than 5 MB" : "this file did not arrive whole", { cause: error });
  }
};
