import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { Category } from "#server/domain/intent.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { withClub } from "#server/platform/tenant.ts";

import { LISTED_MAX_COUNT } from "./limits.ts";

export type ListedExample = {
  readonly id: Id<"example">;
  readonly category: Category;
  readonly subIntent: string;
  readonly question: string;
  readonly answer: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
};

export type Examples = {
  readonly proposed: readonly ListedExample[];
  readonly accepted: readonly ListedExample[];
  readonly withdrawn: readonly ListedExample[];
};

/** Examples that wait for an owner, those the agent is shown, and those that were given up; the newest first. */
export const listExamples = async (ctx: ServiceContext): Promise<Examples> => {
  assertCan(ctx, "learning.read");
  return withClub(
    ctx,
    async (tx) => {
      const inStatus = async (status: keyof Examples): Promise<readonly ListedExample[]> => {
        const rows = await tx.db.example.findMany({
          where: { clubId: ctx.clubId, status },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          take: LISTED_MAX_COUNT,
          select: { id: true, category: true, subIntent: true, question: true, answer: true, createdAt: true, decidedAt: true },
        });
        return rows.map((row) => ({ ...row, id: asId("example", row.id), category: Category.parse(row.category) }));
      };
      return { proposed: await inStatus("proposed"), accepted: await inStatus("accepted"), withdrawn: await inStatus("withdrawn") };
    },
    { fixedNow: ctx.fixedNow },
  );
};
