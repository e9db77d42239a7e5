import { createHash } from "node:crypto";

/** Any fixed UUID does; this one was drawn once for Spotter's keys at Square. */
const NAMESPACE = Buffer.from("6f1b0c8e5d2a4f3b9a7e1c4d8b2f6a90", "hex");

/**
 * The key of one step of one deed: a UUID of version 5 (RFC 9562), so that every process derives the same 36
 * characters from the same effect. Square takes 45 for payments and more elsewhere.
 */
export const idempotencyKey = (deed: string, step: string): string => {
  const hash = createHash("sha1").update(NAMESPACE).update(`${step}|${deed}`).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};
