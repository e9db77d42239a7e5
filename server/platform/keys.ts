import "server-only";

import { createHash } from "node:crypto";

import { env } from "#server/platform/env.ts";
import { addressKeyOf } from "#server/platform/secrets.ts";

/** Key-encryption key of the installation. */
export const credentialsKey = (): Buffer => Buffer.from(env.CREDENTIALS_KEY, "base64");

/** What look-ups and suppressions compare instead of a number or an address. */
export const addressKey = (address: string): string => addressKeyOf(address, Buffer.from(env.ADDRESS_KEY, "base64"));

/** SHA-256, hex. */
export const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
