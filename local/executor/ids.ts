import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_CHARS = 10;
const SEED_CHARS = 16;

/**
 * 26 characters in the manner of a ULID: sorts by `atMs`, and equal input gives the equal id, so that doing the same
 * thing twice after a crash meets its own row.
 * @param seed whatever makes the thing unique at that instant
 */
export const timeOrderedId = (atMs: number, seed: string): string => {
  const digest = createHash("sha256").update(seed).digest();
  return encodeTime(atMs) + Array.from({ length: SEED_CHARS }, (_, index) => letter(digest[index] ?? 0)).join("");
};

export const randomSeed = (): string => randomBytes(16).toString("hex");

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

const encodeTime = (atMs: number): string => {
  let rest = Math.max(0, Math.floor(atMs));
  let encoded = "";
  for (let index = 0; index < TIME_CHARS; index += 1) {
    encoded = letter(rest % ALPHABET.length) + encoded;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return encoded;
};

const letter = (value: number): string => ALPHABET.charAt(value % ALPHABET.length);
