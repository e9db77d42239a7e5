import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { withFranchise } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

import { assertMayManage, openAt } from "./internal.ts";

export const RevokeInvitationInput = z.object({ invitationId: idSchema("invitation") });

/** Makes an open link worthless. Throws `not_found` when it is not of this club or franchise, or no longer open. */
export const revokeInvitation = async (ctx: ServiceContext, raw: z.input<typeof RevokeInvitationInput>): Promise<void> => {
  assertCan(ctx, "team.invite");
  const { invitationId } = RevokeInvitationInput.parse(raw);
  // The franchise's context, because a link to the whole franchise belongs to no club; the club is named in the query.
  await withFranchise(
    { franchiseId: ctx.franchiseId },
    async (tx) => {
      const where = { id: invitationId, franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], ...openAt(tx.now) };
      const invitation = await tx.db.invitation.findFirst({ where, select: { role: true, clubId: true } });
      if (invitation === null) {
        throw notFound("invitation");
      }
      assertMayManage(ctx.actor, { role: Role.parse(invitation.role), clubId: invitation.clubId });
      const { count } = await tx.db.invitation.updateMany({ where, data: { revokedAt: tx.now } });
      if (count === 0) {
        throw notFound("invitation");
      }
      await recordAudit(tx, ctx, { action: "invitation.revoked", entityId: invitationId });
    },
    { fixedNow: ctx.fixedNow },
  );
};
