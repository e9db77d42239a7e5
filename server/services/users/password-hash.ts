import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

import { atMost } from "./at-most.ts";

type Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number };
type Parsed = { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer };

/**
 * OWASP asks of Argon2id at least 19 MiB, 2 passes, 1 lane (Password Storage Cheat Sheet, read 2026-11). This is above it and
 * took 70 ms on two small cores, within the 50 to 250 ms a sign-in may cost. Raising it re-hashes each password at its next sign-in.
 */
export const PASSWORD_COST: Cost = { memoryKib: 32_768, passes: 3, lanes: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Version 1.3 of Argon2 in the decimal notation of the encoded form. */
const VERSION = 19;
/** Each takes one of the four threads Node works on files and names with; the fourth stays free for them. */
const RUNNING_HASHES = 3;
/** About seven seconds of work; whoever comes later is told to come again. */
const WAITING_HASHES = 300;

const derive = promisify(argon2);
const gate = atMost({ running: RUNNING_HASHES, waiting: WAITING_HASHES });

/** Argon2id in the PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, so that the cost can change later. */
export const hashPassword = async (password: string, cost: Cost = PASSWORD_COST): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  const hash = await run(password, { cost, salt, length: HASH_BYTES });
  return `$argon2id$v=${VERSION}$m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}$${base64(salt)}$${base64(hash)}`;
};

/**
 * Whether the password belongs to the stored hash. Without a stored hash the same work is done for nothing, so that
 * the time an answer takes does not tell whether an address is known.
 */
export const verifyPassword = async (password: string, encoded: string | null): Promise<boolean> => {
  const stored = encoded === null ? null : parse(encoded);
  const { cost, salt, hash } = stored ?? DECOY;
  const actual = await run(password, { cost, salt, length: hash.length });
  return timingSafeEqual(actual, hash) && stored !== null;
};

/** Whether a stored hash was made at another cost than today's. */
export const isHashOutdated = (encoded: string): boolean => {
  const cost = parse(encoded)?.cost;
  return cost?.memoryKib !== PASSWORD_COST.memoryKib || cost.passes !== PASSWORD_COST.passes || cost.lanes !== PASSWORD_COST.lanes;
};

const DECOY: Parsed = { cost: PASSWORD_COST, salt: Buffer.alloc(SALT_BYTES, 1), hash: Buffer.alloc(HASH_BYTES, 2) };

/** The same letters typed on two systems may arrive composed or decomposed. */
const run = (
  password: string,
  { cost, salt, length }: { readonly cost: Cost; readonly salt: Buffer; readonly length: number },
): Promise<Buffer> =>
  gate(() =>
    derive("argon2id", {
      message: password.normalize("NFKC"),
      nonce: salt,
      memory: cost.memoryKib,
      passes: cost.passes,
      parallelism: cost.lanes,
      tagLength: length,
    }),
  );

const ENCODED = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{22,})$/;

const parse = (encoded: string): Parsed | null => {
  const [, memory, passes, lanes, salt, hash] = ENCODED.exec(encoded) ?? [];
  if (memory === undefined || passes === undefined || lanes === undefined || salt === undefined || hash === undefined) {
    return null;
  }
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
};

/** Base64 without padding, as the PHC format wants it. */
const base64 = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
