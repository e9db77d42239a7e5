import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { withFranchise, withSystem } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

import { raiseSessionVersion } from "./end-all-sessions.ts";

export const EndSessionsInput = z.object({ accessId: idSchema("staffAccess") });

/**
 * Signs somebody who works here out of every browser: each session that exists is refused from the next call on. Their
 * access stays. @throws `not_found` for an access of another club
 */
export const endSessions = async (ctx: ServiceContext, raw: z.input<typeof EndSessionsInput>): Promise<void> => {
  assertCan(ctx, "team.manage");
  const { accessId } = EndSessionsInput.parse(raw);
  // The franchise's context, because an access to the whole franchise belongs to no club; the club is named in the query.
  const userId = await withFranchise(
    { franchiseId: ctx.franchiseId },
    async (tx) => {
      const access = await tx.db.staffAccess.findFirst({
        where: { id: accessId, franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], archivedAt: null },
        select: { userId: true },
      });
      if (access === null) {
        throw notFound("access");
      }
      await recordAudit(tx, ctx, { action: "session.ended", entityId: access.userId });
      return asId("user", access.userId);
    },
    { fixedNow: ctx.fixedNow },
  );
  await withSystem((tx) => raiseSessionVersion(tx, userId));
};
