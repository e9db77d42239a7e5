import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { newId } from "#server/platform/ids.ts";
import { credentialsKey } from "#server/platform/keys.ts";
import { newDataKey, open, seal } from "#server/platform/secrets.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** A credential at rest: `{ "<field>": { "keyVersion": 1, "sealed": "<base64>" } }`. */
const SealedCredentials = z.record(z.string(), z.object({ keyVersion: z.int(), sealed: z.string() }));
export type SealedCredentials = z.infer<typeof SealedCredentials>;

type Scope = { readonly franchiseId: string; readonly clubId: string };
type Place = { readonly clubId: string; readonly connectionId: string; readonly field: string; readonly keyVersion: number };

/** Seals each credential with the club's newest data key, bound to club, connection, field and key version. */
export const sealCredentials = async (
  tx: Tx,
  scope: Scope,
  { connectionId, credentials }: { readonly connectionId: string; readonly credentials: Readonly<Record<string, string>> },
): Promise<SealedCredentials> => {
  const { key, version } = await newestKey(tx, scope);
  return Object.fromEntries(
    Object.entries(credentials).map(([field, plain]) => [
      field,
      {
        keyVersion: version,
        sealed: seal(plain, { key, bound: boundTo({ clubId: scope.clubId, connectionId, field, keyVersion: version }) }),
      },
    ]),
  );
};

/** Opens the credentials of one connection. The plaintext goes into the connector's context and nowhere else. */
export const openCredentials = async (
  tx: Tx,
  scope: Scope,
  { connectionId, sealed }: { readonly connectionId: string; readonly sealed: unknown },
): Promise<Record<string, string>> => {
  const entries = Object.entries(SealedCredentials.parse(sealed));
  const keys = await tx.db.clubKey.findMany({ where: { clubId: scope.clubId }, select: { version: true, wrappedKey: true } });
  return Object.fromEntries(
    entries.map(([field, entry]) => {
      const wrapped = keys.find((key) => key.version === entry.keyVersion);
      if (wrapped === undefined) {
        throw new DomainError("precondition_failed", "the key of a stored credential is gone");
      }
      const key = unwrap(wrapped.wrappedKey, { clubId: scope.clubId, version: entry.keyVersion });
      const bound = boundTo({ clubId: scope.clubId, connectionId, field, keyVersion: entry.keyVersion });
      return [field, open(entry.sealed, { key, bound })];
    }),
  );
};

const newestKey = async (tx: Tx, scope: Scope): Promise<{ key: Buffer; version: number }> => {
  const existing = await tx.db.clubKey.findFirst({
    where: { clubId: scope.clubId, retiredAt: null },
    orderBy: { version: "desc" },
    select: { version: true, wrappedKey: true },
  });
  if (existing !== null) {
    return { key: unwrap(existing.wrappedKey, { clubId: scope.clubId, version: existing.version }), version: existing.version };
  }
  const plain = newDataKey();
  const version = 1;
  const wrappedKey = seal(plain, { key: credentialsKey(), bound: keyBound({ clubId: scope.clubId, version }) });
  await tx.db.clubKey.createMany({
    data: { id: newId("clubKey"), franchiseId: scope.franchiseId, clubId: scope.clubId, version, wrappedKey, createdAt: tx.now },
  });
  return { key: Buffer.from(plain, "base64"), version };
};

const unwrap = (wrappedKey: string, place: { readonly clubId: string; readonly version: number }): Buffer =>
  Buffer.from(open(wrappedKey, { key: credentialsKey(), bound: keyBound(place) }), "base64");

const keyBound = ({ clubId, version }: { readonly clubId: string; readonly version: number }): string => `club-key|${clubId}|${version}`;
const boundTo = ({ clubId, connectionId, field, keyVersion }: Place): string => `${clubId}|${connectionId}|${field}|${keyVersion}`;
