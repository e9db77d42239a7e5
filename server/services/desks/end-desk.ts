import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

export const EndDeskInput = z.object({ deskId: idSchema("desk") });

/** Turns a desk off: from its next call on that browser is a stranger's. @throws `not_found` for one that is off already */
export const endDesk = async (ctx: ServiceContext, raw: z.input<typeof EndDeskInput>): Promise<void> => {
  assertCan(ctx, "desk.manage");
  const { deskId } = EndDeskInput.parse(raw);
  await withClub(
    ctx,
    async (tx) => {
      const { count } = await tx.db.desk.updateMany({
        where: { id: deskId, clubId: ctx.clubId, endedAt: null },
        data: { endedAt: tx.now, endedById: staffOf(ctx), userId: null, sessionVersion: null, openedAt: null },
      });
      if (count === 0) {
        throw notFound("desk");
      }
      await recordAudit(tx, ctx, { action: "desk.ended", entityId: deskId });
    },
    { fixedNow: ctx.fixedNow },
  );
};
