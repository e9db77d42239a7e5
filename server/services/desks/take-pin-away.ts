import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { withClub, withSystem } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const TakePinAwayInput = z.object({ userId: idSchema("user") });

/**
 * Takes a forgotten PIN of somebody who works here away; they set a new one themselves. It opens no desk from the next call on, also
 * where they stand at one. @throws `not_found` for somebody of another club, or without a PIN
 */
export const takePinAway = async (ctx: ServiceContext, raw: z.input<typeof TakePinAwayInput>): Promise<void> => {
  assertCan(ctx, "desk.manage");
  const { userId } = TakePinAwayInput.parse(raw);
  // Audited first and in the club's own context, which alone knows who works here; the PIN is out of that login's reach.
  const holder = await withClub(
    ctx,
    async (tx) => {
      const user = await tx.db.user.findFirst({
        where: {
          id: userId,
          pinSetAt: { not: null },
          accesses: { some: { franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], archivedAt: null } },
        },
        select: { id: true },
      });
      if (user === null) {
        throw notFound("PIN");
      }
      await recordAudit(tx, ctx, { action: "pin.taken_away", entityId: user.id });
      return asId("user", user.id);
    },
    { fixedNow: ctx.fixedNow },
  );
  await withSystem((tx) => tx.db.user.updateMany({ where: { id: holder }, data: { pinHash: null, pinSetAt: null, pinTries: 0 } }));
};
