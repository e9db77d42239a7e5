import "server-only";

import { z } from "zod";

import { TEMPLATE_KEYS, type TemplateKey } from "#server/domain/workflows/templates.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

export const TextKeyInput = z.object({ key: z.enum(TEMPLATE_KEYS as [TemplateKey, ...TemplateKey[]]) });

const VERSIONS_MAX = 50;

type TextVersion = {
  readonly id: string;
  readonly version: number;
  /** Words of the club or its franchise, or Spotter's wording of them. */
  readonly source: "own" | "written";
  readonly isOfFranchise: boolean;
  readonly body: string;
  readonly createdAt: Date;
  /** Null where nobody signed in made it. */
  readonly createdBy: string | null;
};

/** Every version of a text, the newest first: own words and what Spotter made of them. Restoring one is saving its words again. */
export const listTextVersions = async (ctx: ServiceContext, raw: z.input<typeof TextKeyInput>): Promise<readonly TextVersion[]> => {
  assertCan(ctx, "workflow.read");
  const { key } = TextKeyInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const rows = await tx.db.template.findMany({
        where: { franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], key, archivedAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: VERSIONS_MAX,
        select: { id: true, version: true, source: true, clubId: true, body: true, createdAt: true, createdById: true },
      });
      const names = await staffNames(
        tx,
        rows.map(({ createdById }) => createdById),
      );
      return rows.map(({ clubId, createdById, source, ...row }) => ({
        ...row,
        source: source === "written" ? "written" : "own",
        isOfFranchise: clubId === null,
        createdBy: createdById === null ? null : (names.get(createdById) ?? null),
      }));
    },
    { fixedNow: ctx.fixedNow },
  );
};
