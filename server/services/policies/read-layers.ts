import "server-only";

import { z } from "zod";

import { LockedPath, PolicyDocument } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** The newest version of one layer. */
export type PolicyLayer = {
  readonly version: number;
  readonly document: PolicyDocument;
  /** Empty for a club's layer. */
  readonly lockedPaths: readonly string[];
  readonly note: string | null;
  readonly publishedById: string | null;
  readonly publishedAt: Date;
};

export type PolicyLayers = { readonly franchise: PolicyLayer | null; readonly club: PolicyLayer | null };

const COLUMNS = { version: true, document: true, lockedPaths: true, note: true, publishedById: true, publishedAt: true } as const;

type Row = {
  readonly version: number;
  readonly document: unknown;
  readonly lockedPaths: unknown;
  readonly note: string | null;
  readonly publishedById: string | null;
  readonly publishedAt: Date;
};

const LockedPaths = z.array(LockedPath);

/** A stored version as values. @throws ZodError for a version that this release cannot read */
export const layerOf = (row: Row): PolicyLayer => ({
  ...row,
  document: PolicyDocument.parse(row.document),
  lockedPaths: LockedPaths.parse(row.lockedPaths),
});

type LayerKey = { readonly franchiseId: string; readonly clubId: string | null };

export const newestLayer = async (tx: Tx, { franchiseId, clubId }: LayerKey): Promise<PolicyLayer | null> => {
  const row = await tx.db.policy.findFirst({ where: { franchiseId, clubId }, orderBy: { version: "desc" }, select: COLUMNS });
  return row === null ? null : layerOf(row);
};

/** Both layers a club works under. */
export const policyLayers = async (
  tx: Tx,
  { franchiseId, clubId }: { readonly franchiseId: string; readonly clubId: string },
): Promise<PolicyLayers> => ({
  franchise: await newestLayer(tx, { franchiseId, clubId: null }),
  club: await newestLayer(tx, { franchiseId, clubId }),
});
