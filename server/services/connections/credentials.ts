import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { open, seal } from "#server/platform/secrets.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { newestKey, unwrapKey, type KeyScope } from "#server/services/connections/club-keys.ts";

/**
 * Credentials at rest: `{ "<field>": { "keyVersion": 1, "sealed": "<base64>" } }`. `changedAt` (ISO 8601) says when a
 * person last set it and `isDouble` that it holds a new and an old one; a rotation of keys touches neither.
 */
export const SealedCredentials = z.record(
  z.string(),
  z.object({
    keyVersion: z.int(),
    sealed: z.string(),
    changedAt: z.iso.datetime().optional(),
    isDouble: z.literal(true).optional(),
  }),
);
export type SealedCredentials = z.infer<typeof SealedCredentials>;

type Place = { readonly clubId: string; readonly connectionId: string; readonly field: string; readonly keyVersion: number };

/** Seals each credential with the club's newest data key, bound to club, connection, field and key version. */
export const sealCredentials = async (
  tx: Tx,
  scope: KeyScope,
  { connectionId, credentials }: { readonly connectionId: string; readonly credentials: Readonly<Record<string, string>> },
): Promise<SealedCredentials> => {
  const { key, version } = await newestKey(tx, scope);
  return Object.fromEntries(
    Object.entries(credentials).map(([field, plain]) => [
      field,
      {
        keyVersion: version,
        sealed: seal(plain, { key, bound: boundTo({ clubId: scope.clubId, connectionId, field, keyVersion: version }) }),
        changedAt: tx.now.toISOString(),
      },
    ]),
  );
};

export type OpenedCredentials = { readonly sealed: SealedCredentials; readonly credentials: Readonly<Record<string, string>> };

/**
 * The credentials of one connection, as they lie there and opened. The plaintext goes into the connector's context and
 * nowhere else. Row and keys are read in one statement: a rotation that ends in between cannot take the key away.
 */
export const openCredentials = async (
  tx: Tx,
  scope: KeyScope,
  { connectionId }: { readonly connectionId: string },
): Promise<OpenedCredentials> => {
  const rows = await tx.db.$queryRaw<{ sealedCredentials: unknown; version: number | null; wrappedKey: string | null }[]>`
    select c."sealedCredentials", k.version, k."wrappedKey"
    from "Connection" c left join "ClubKey" k on k."clubId" = c."clubId"
    where c.id = ${connectionId} and c."clubId" = ${scope.clubId}`;
  const [first] = rows;
  if (first === undefined) {
    throw notFound("connection");
  }
  const sealed = SealedCredentials.parse(first.sealedCredentials);
  const credentials = Object.fromEntries(
    Object.entries(sealed).map(([field, { keyVersion, sealed: text }]) => {
      const wrapped = rows.find((row) => row.version === keyVersion)?.wrappedKey ?? "";
      if (wrapped === "") {
        throw new DomainError("precondition_failed", "the key of a stored credential is gone");
      }
      const { key } = unwrapKey(wrapped, { clubId: scope.clubId, version: keyVersion });
      return [field, open(text, { key, bound: boundTo({ clubId: scope.clubId, connectionId, field, keyVersion }) })];
    }),
  );
  return { sealed, credentials };
};

const boundTo = ({ clubId, connectionId, field, keyVersion }: Place): string => `${clubId}|${connectionId}|${field}|${keyVersion}`;
