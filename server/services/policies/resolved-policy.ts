import "server-only";

import { z } from "zod";

import { LockedPath, PolicyDocument, resolvePolicy, type Policy } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";

export type ResolvedPolicy = { readonly policy: Policy; readonly version: string };

/**
 * The rules a club works under now: the newest version of both layers. With `proposed` that document stands in for the
 * club's own, to see what it would change.
 */
export const resolvedPolicy = async (
  tx: Tx,
  scope: { readonly franchiseId: string; readonly clubId: string },
  proposed?: PolicyDocument,
): Promise<ResolvedPolicy> => {
  const newest = (clubId: string | null) =>
    tx.db.policy.findFirst({
      where: { franchiseId: scope.franchiseId, clubId },
      orderBy: { version: "desc" },
      select: { document: true, lockedPaths: true, version: true },
    });
  const franchise = await newest(null);
  const club = await newest(scope.clubId);
  return resolvePolicy({
    franchise:
      franchise === null
        ? null
        : {
            document: PolicyDocument.parse(franchise.document),
            lockedPaths: z.array(LockedPath).parse(franchise.lockedPaths),
            version: franchise.version,
          },
    club:
      club === null && proposed === undefined
        ? null
        : { document: proposed ?? PolicyDocument.parse(club?.document ?? {}), version: club?.version ?? 0 },
  });
};
