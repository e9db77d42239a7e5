import "server-only";

import type { KnownArticle } from "#server/domain/knowledge-today.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { knownToday } from "./known-today.ts";

/** `knownToday` for whoever has not read the club's rules already. */
export const readKnown = async (tx: Tx, ctx: ServiceContext): Promise<readonly KnownArticle[]> => {
  const { policy } = await resolvedPolicy(tx, ctx);
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  return knownToday(tx, ctx, { policy, timeZone });
};
