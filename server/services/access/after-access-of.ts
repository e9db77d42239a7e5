import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { afterAccessKey } from "#server/services/access/after-access.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** What was planned when this lock or unlock was done, to be handed out at once: the unlock of whoever paid meanwhile first. */
export const afterAccessOf = async (ctx: ServiceContext, effectId: string): Promise<readonly Id<"effect">[]> => {
  assertCan(ctx, "effect.dispatch");
  return withClub(
    ctx,
    async (tx) => {
      const key = afterAccessKey(effectId);
      const lock = await tx.db.accessLock.findFirst({ where: { clubId: ctx.clubId, effectId }, select: { unlockEffectId: true } });
      const rows = await tx.db.effect.findMany({
        where: {
          clubId: ctx.clubId,
          status: "planned",
          OR: [
            { effectKey: { in: [`${key}note`, `${key}notice`] } },
            ...(lock?.unlockEffectId == null ? [] : [{ id: lock.unlockEffectId }]),
          ],
        },
        select: { id: true, kind: true },
      });
      return rows
        .toSorted((left, right) => Number(right.kind === "access.set") - Number(left.kind === "access.set"))
        .map(({ id }) => asId("effect", id));
    },
    { fixedNow: ctx.fixedNow },
  );
};
