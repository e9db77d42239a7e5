import "server-only";

import { z } from "zod";

import type { PolicyDocument } from "#server/domain/policy.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

import { PolicyScope } from "./publish-policy.ts";
import { layerOf } from "./read-layers.ts";

const PAGE_SIZE = 30;

export const ListPolicyVersionsInput = z.object({
  layer: PolicyScope,
  /** Versions older than this one. */
  cursor: z.int().min(1).nullish(),
});

export type PolicyVersion = {
  readonly version: number;
  readonly document: PolicyDocument;
  readonly lockedPaths: readonly string[];
  readonly note: string | null;
  readonly publishedAt: Date;
  readonly publishedBy: string | null;
};

export type PolicyVersionPage = {
  readonly items: readonly PolicyVersion[];
  /** The version before the oldest item, for its differences; null when that was the first. */
  readonly previous: PolicyVersion | null;
  readonly nextCursor: number | null;
};

/** All that was ever in force in one layer, newest first. */
export const listPolicyVersions = async (ctx: ServiceContext, raw: z.input<typeof ListPolicyVersionsInput>): Promise<PolicyVersionPage> => {
  assertCan(ctx, "policy.read");
  const { layer, cursor } = ListPolicyVersionsInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const rows = await tx.db.policy.findMany({
        where: {
          franchiseId: ctx.franchiseId,
          clubId: layer === "club" ? ctx.clubId : null,
          ...(cursor == null ? {} : { version: { lt: cursor } }),
        },
        orderBy: { version: "desc" },
        take: PAGE_SIZE + 1,
        select: { version: true, document: true, lockedPaths: true, note: true, publishedById: true, publishedAt: true },
      });
      const names = await staffNames(
        tx,
        rows.map(({ publishedById }) => publishedById),
      );
      const versions = rows.map((row): PolicyVersion => {
        const { publishedById, ...version } = layerOf(row);
        return { ...version, publishedBy: publishedById === null ? null : (names.get(publishedById) ?? null) };
      });
      const previous = versions[PAGE_SIZE] ?? null;
      const items = versions.slice(0, PAGE_SIZE);
      return { items, previous, nextCursor: previous === null ? null : (items.at(-1)?.version ?? null) };
    },
    { fixedNow: ctx.fixedNow },
  );
};
