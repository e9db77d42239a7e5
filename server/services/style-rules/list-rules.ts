import "server-only";

import { z } from "zod";

import { asId, type Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { RULES_LISTED_MAX_COUNT } from "./limits.ts";

export type ListedRule = {
  readonly id: Id<"styleRule">;
  readonly text: string;
  /** Edits, ratings and rejections it was drawn from. */
  readonly evidenceCount: number;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
};

export type StyleRules = {
  readonly proposed: readonly ListedRule[];
  readonly accepted: readonly ListedRule[];
  readonly withdrawn: readonly ListedRule[];
};

const Evidence = z.object({ ids: z.array(z.string()) }).catch({ ids: [] });

/** Rules of style that wait for an owner, those the agent follows, and those that were given up; the newest first. */
export const listRules = async (ctx: ServiceContext): Promise<StyleRules> => {
  assertCan(ctx, "learning.read");
  return withClub(
    ctx,
    async (tx) => {
      const inStatus = async (status: keyof StyleRules): Promise<readonly ListedRule[]> => {
        const rows = await tx.db.styleRule.findMany({
          where: { clubId: ctx.clubId, status },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          take: RULES_LISTED_MAX_COUNT,
          select: { id: true, text: true, evidence: true, createdAt: true, decidedAt: true },
        });
        return rows.map(({ evidence, id, ...row }) => ({
          ...row,
          id: asId("styleRule", id),
          evidenceCount: Evidence.parse(evidence).ids.length,
        }));
      };
      return { proposed: await inStatus("proposed"), accepted: await inStatus("accepted"), withdrawn: await inStatus("withdrawn") };
    },
    { fixedNow: ctx.fixedNow },
  );
};
