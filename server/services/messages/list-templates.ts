import "server-only";

import { TEMPLATES } from "#server/domain/workflows/templates.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type TemplateRow = {
  readonly key: string;
  readonly name: string;
  readonly purpose: string;
  /** The club's own words, else its franchise's, else those that come with Spotter; merge fields stand in double braces. */
  readonly text: string;
};

/** Every text that can be sent to a group, in the words that would be sent today. */
export const listTemplates = (ctx: ServiceContext): Promise<readonly TemplateRow[]> => {
  assertCan(ctx, "policy.read");
  return withClub(
    ctx,
    async (tx) => {
      const stored = await tx.db.template.findMany({
        where: { franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], archivedAt: null },
        orderBy: [{ version: "desc" }, { id: "desc" }],
        select: { key: true, clubId: true, body: true },
      });
      return Object.entries(TEMPLATES).map(([key, { builtIn, name, purpose }]) => {
        const own = stored.filter((row) => row.key === key);
        const { body } = own.find(({ clubId }) => clubId !== null) ?? own[0] ?? { body: builtIn[0] };
        return { key, name, purpose, text: body };
      });
    },
    { fixedNow: ctx.fixedNow },
  );
};
