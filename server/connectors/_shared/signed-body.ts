import { timingSafeEqual } from "node:crypto";

import { ConnectorError } from "../errors.ts";

/**
 * Whether two signatures are the same bytes, in a time that does not tell where they differ. Give it the signatures as
 * they are written: a decoder of base64 would accept several spellings of one.
 */
export const isSame = (a: Buffer, b: Buffer): boolean => a.byteLength === b.byteLength && timingSafeEqual(a, b);

/** The JSON of a webhook whose signature was found good. @throws `malformed` for bytes that are no UTF-8 or no JSON */
export const readJson = (rawBody: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(rawBody));
  } catch (error) {
    throw new ConnectorError("malformed", "the webhook is not JSON", { cause: error });
  }
};
