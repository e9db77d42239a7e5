import "server-only";

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

import { DomainError } from "#server/domain/errors.ts";

/** AES-256-GCM with a 96-bit random nonce, as NIST SP 800-38D recommends for random nonces. */
const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a text under a 32-byte key. `bound` (row, field, key version) is authenticated with it, so that a
 * ciphertext copied to another row cannot be opened there. Returns base64 of nonce, tag and ciphertext.
 */
export const seal = (plain: string, { key, bound }: { readonly key: Buffer; readonly bound: string }): string => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
};

/** @throws `precondition_failed` when the key, the binding or a single byte is not the one it was sealed with. */
export const open = (sealed: string, { key, bound }: { readonly key: Buffer; readonly bound: string }): string => {
  const bytes = Buffer.from(sealed, "base64");
  try {
    if (bytes.toString("base64") !== sealed) {
      // A lenient decoder would take several spellings for the same bytes.
      throw new Error("not canonical base64");
    }
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(bound))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new DomainError("precondition_failed", "a sealed credential could not be opened", { cause });
  }
};

/** A fresh data key, base64. */
export const newDataKey = (): string => randomBytes(32).toString("base64");

/** Keyed hash (HMAC-SHA256, hex) of a normalised address: equal addresses meet, nobody can read them back. */
export const addressKeyOf = (address: string, key: Buffer): string => createHmac("sha256", key).update(address).digest("hex");
