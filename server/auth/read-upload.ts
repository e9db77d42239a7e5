import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { sizeWords } from "#server/domain/file-kinds.ts";
import { UPLOAD_MAX_BYTES } from "#server/services/attachments/limits.ts";

const TOO_LARGE = () => new DomainError("invalid", `a file may weigh ${sizeWords(UPLOAD_MAX_BYTES)}`);

/** The body of a request as bytes; reading ends as soon as there is too much of it, whatever its length was said to be. @throws `invalid` */
export const readUpload = async (request: Request): Promise<Uint8Array<ArrayBuffer>> => {
  if (Number(request.headers.get("content-length") ?? 0) > UPLOAD_MAX_BYTES) {
    throw TOO_LARGE();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > UPLOAD_MAX_BYTES) {
      throw TOO_LARGE();
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, length));
};
