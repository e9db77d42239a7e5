import "server-only";

import { createHash, createHmac } from "node:crypto";

import { env } from "#server/platform/env.ts";
import { addressKeyOf } from "#server/platform/secrets.ts";

/** Key-encryption keys of the installation: what is sealed now is sealed with the first, what was sealed before may need another. */
export type CredentialsKeys = readonly [current: Buffer, ...previous: Buffer[]];

export const credentialsKeys = (): CredentialsKeys => [
  Buffer.from(env.CREDENTIALS_KEY, "base64"),
  ...(env.CREDENTIALS_KEY_PREVIOUS === undefined ? [] : [Buffer.from(env.CREDENTIALS_KEY_PREVIOUS, "base64")]),
];

/** What look-ups and suppressions compare instead of a number or an address. */
export const addressKey = (address: string): string => addressKeyOf(address, Buffer.from(env.ADDRESS_KEY, "base64"));

/** Seals links in mails. Made from the key that never rotates: a link must work for as long as a mail is kept. */
export const linkKey = (): Buffer => createHmac("sha256", Buffer.from(env.ADDRESS_KEY, "base64")).update("link to unsubscribe").digest();

/** Of one run of the agent: names of people that were handed out in it open in no other run, and in no other club. */
export const runKey = ({ clubId, runId }: { readonly clubId: string; readonly runId: string }): Buffer =>
  createHmac("sha256", Buffer.from(env.ADDRESS_KEY, "base64")).update(`handles of a run|${clubId}|${runId}`).digest();

/** SHA-256, hex. */
export const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
