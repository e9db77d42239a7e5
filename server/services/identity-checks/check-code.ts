import "server-only";

import { createHmac, timingSafeEqual } from "node:crypto";

import { CODE_MASK } from "#server/domain/identity-check.ts";
import { linkKey } from "#server/platform/keys.ts";
import type { SendArguments } from "#server/services/effects/effect-arguments.ts";

const CODES = 1_000_000n;

const digestOf = (purpose: "code" | "hash", text: string): Buffer =>
  createHmac("sha256", linkKey()).update(`check ${purpose} ${text}`).digest();

/**
 * The six digits of one check. They are made from its id with the installation's key where the text leaves for the vendor, and
 * stand nowhere: not in the ledger, a message, an event or a log.
 */
export const codeOf = (verificationId: string): string =>
  String(digestOf("code", verificationId).readBigUInt64BE() % CODES).padStart(6, "0");

/** What is kept of a code: bound to its check, so that the same digits elsewhere are another hash. */
export const codeHashOf = (verificationId: string, code: string): string => digestOf("hash", `${verificationId} ${code}`).toString("hex");

export const isCode = ({
  verificationId,
  code,
  codeHash,
}: {
  readonly verificationId: string;
  readonly code: string;
  readonly codeHash: string;
}): boolean => {
  const [given, kept] = [Buffer.from(codeHashOf(verificationId, code)), Buffer.from(codeHash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
};

/** The arguments as the vendor gets them: with the code, and without the id it is made from. Files are loaded where it is called. */
export const revealCode = ({ codeOf: verificationId, files: _files, ...args }: SendArguments): Omit<SendArguments, "codeOf" | "files"> =>
  verificationId === undefined ? args : { ...args, text: args.text.replace(CODE_MASK, codeOf(verificationId)) };
