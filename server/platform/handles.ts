import "server-only";

import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";

import { asId, type Id } from "#server/domain/ids.ts";
import { TypeID } from "typeid-js";

/** Kinds of people a run may name, and how their handles begin. */
const LETTERS = { member: "m", prospect: "p" } as const;
const ID_PREFIX = { member: "mem", prospect: "pros" } as const;
export type Person = keyof typeof LETTERS;

/** Five bits each: a forged handle is refused but for one in a billion, and then names nobody. */
const TAG_CHARACTERS = 6;
const TAG_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const SHAPE = /^([mp])_([0-7][0-9a-hjkmnp-tv-z]{25})([0-9a-hjkmnp-tv-z]{6})$/;

export type Handles = {
  readonly of: (kind: Person, id: string) => string;
  /** Null for whatever this run has not handed out. */
  readonly read: <K extends Person>(kind: K, handle: string) => Id<K> | null;
};

/**
 * Names of people for a model: opaque, of one run only, and made without remembering anything. The id's 128 bits are one
 * block of AES under a key of the run, with a keyed tag that tells a handle from what somebody made up.
 * @param key 32 bytes that belong to this run alone
 */
export const handlesOf = (key: Buffer): Handles => {
  const blockKey = key.subarray(0, 16);
  const tagKey = key.subarray(16);
  const tagOf = (text: string): string =>
    [...createHmac("sha256", tagKey).update(text).digest().subarray(0, TAG_CHARACTERS)]
      .map((byte) => TAG_ALPHABET[byte % 32] ?? "0")
      .join("");
  return {
    of: (kind, id) => {
      const cipher = createCipheriv("aes-128-ecb", blockKey, null).setAutoPadding(false);
      const block = Buffer.concat([cipher.update(TypeID.fromString(id, ID_PREFIX[kind]).toUUIDBytes()), cipher.final()]);
      const body = TypeID.fromUUIDBytes("x", block).getSuffix();
      const letter = LETTERS[kind];
      return `${letter}_${body}${tagOf(`${letter}${body}`)}`;
    },
    read: (kind, handle) => {
      const [, letter, body = "", tag = ""] = SHAPE.exec(handle) ?? [];
      if (letter !== LETTERS[kind] || !timingSafeEqual(Buffer.from(tag), Buffer.from(tagOf(`${letter}${body}`)))) {
        return null;
      }
      const decipher = createDecipheriv("aes-128-ecb", blockKey, null).setAutoPadding(false);
      const bytes = Buffer.concat([decipher.update(new TypeID("x", body).toUUIDBytes()), decipher.final()]);
      return asId(kind, TypeID.fromUUIDBytes(ID_PREFIX[kind], bytes).toString());
    },
  };
};
