import "server-only";

import { findConflicts, type KnowledgeConflict } from "#server/domain/knowledge-conflicts.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { readKnown } from "./read-known.ts";

/** More than this have one cause; settling the first ones brings up the next. */
const CONFLICTS_MAX_COUNT = 50;

/** Articles that cannot both be right, among all that may be said today. */
export const listConflicts = async (ctx: ServiceContext): Promise<readonly KnowledgeConflict[]> => {
  assertCan(ctx, "knowledge.read");
  const known = await withClub(ctx, (tx) => readKnown(tx, ctx), { fixedNow: ctx.fixedNow });
  return findConflicts(known).slice(0, CONFLICTS_MAX_COUNT);
};
