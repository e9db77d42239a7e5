import "server-only";

import { findConflicts, type KnowledgeConflict } from "#server/domain/knowledge-conflicts.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { readKnown } from "./read-known.ts";

/** Articles that cannot both be right, among all that may be said today. */
export const listConflicts = async (ctx: ServiceContext): Promise<readonly KnowledgeConflict[]> => {
  assertCan(ctx, "knowledge.read");
  return findConflicts(await withClub(ctx, (tx) => readKnown(tx, ctx), { fixedNow: ctx.fixedNow }));
};
