import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { withFranchise } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { assertOwnsFranchise } from "#server/services/policies/franchise-layers.ts";

export type FranchiseSettings = {
  readonly name: string;
  readonly clubs: readonly {
    readonly id: Id<"club">;
    readonly slug: string;
    readonly name: string;
    readonly kind: string;
    readonly currency: string;
    readonly timeZone: string;
    readonly phone: string | null;
    readonly emergencyPhone: string | null;
    readonly managerPhone: string | null;
    readonly address: string | null;
  }[];
};

/** What a franchise is called and which clubs it has, by name, for whoever owns all of it. */
export const getFranchise = async (ctx: ServiceContext): Promise<FranchiseSettings> => {
  assertCan(ctx, "club.manage");
  return withFranchise(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    const franchise = await tx.db.franchise.findFirstOrThrow({ where: { id: ctx.franchiseId }, select: { name: true } });
    const clubs = await tx.db.club.findMany({
      where: { franchiseId: ctx.franchiseId, archivedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: {
        id: true,
        slug: true,
        name: true,
        kind: true,
        currency: true,
        timeZone: true,
        phone: true,
        emergencyPhone: true,
        managerPhone: true,
        address: true,
      },
    });
    return { name: franchise.name, clubs: clubs.map((club) => ({ ...club, id: asId("club", club.id) })) };
  });
};
