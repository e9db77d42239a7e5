import "server-only";

import { randomInt } from "node:crypto";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { withSystem } from "#server/platform/tenant.ts";

import { CODE_ALPHABET, CODE_LENGTH } from "./limits.ts";
import { relayTokenHash, TOKEN_PATTERN } from "./relay-token.ts";

/** As people read it out: `ABCD-EFGH`, without letters that look like digits. */
export const newCode = (): string => {
  const letters = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)] ?? "").join("");
  return `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`;
};

/** Keyed, because a code is short enough to be found by trying all hashes of a stolen table. */
export const codeHashOf = (code: string): string => addressKey(`relay-code:${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "")}`);

export type FoundRelay = {
  readonly id: Id<"relay">;
  readonly franchiseId: Id<"franchise">;
  readonly clubId: Id<"club">;
  readonly connectionId: Id<"connection">;
};

/** @throws `forbidden` for a token that is wrong or revoked, or whose connection is removed: one answer for all */
export const findRelay = async (token: string): Promise<FoundRelay> => {
  const rows = TOKEN_PATTERN.test(token)
    ? await withSystem(
        (tx) => tx.db.$queryRaw<FoundRelay[]>`
          select r.id, r."franchiseId", r."clubId", r."connectionId" from "Relay" r
          join "Connection" c on c.id = r."connectionId" and c."clubId" = r."clubId" and c."archivedAt" is null
          where r."tokenHash" = ${relayTokenHash(token)} and r."revokedAt" is null`,
      )
    : [];
  const [relay] = rows;
  if (relay === undefined) {
    throw relayIsUnknown();
  }
  return relay;
};

export const relayIsUnknown = (): DomainError => new DomainError("forbidden", "this relay is not paired");

/** Whether the controller shows another certificate than the one it was paired with. */
export const isMistrusted = (relay: { readonly fingerprint: string | null; readonly shownFingerprint: string | null }): boolean =>
  relay.fingerprint !== null && relay.shownFingerprint !== null && relay.fingerprint !== relay.shownFingerprint;
