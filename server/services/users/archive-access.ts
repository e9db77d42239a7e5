import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { withFranchise, withSystem, type Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

import { raiseSessionVersion } from "./end-all-sessions.ts";

export const ArchiveAccessInput = z.object({ accessId: idSchema("staffAccess") });

/**
 * Takes a person out of this club, or out of the franchise where the access was to all of it. It counts from their
 * next call on, and every session of theirs ends.
 * @throws `not_found` for an access of another club, `precondition_failed` for the last owner
 */
export const archiveAccess = async (ctx: ServiceContext, raw: z.input<typeof ArchiveAccessInput>): Promise<void> => {
  assertCan(ctx, "team.manage");
  const { accessId } = ArchiveAccessInput.parse(raw);
  // The franchise's context, because an access to the whole franchise belongs to no club; the club is named in the query.
  const userId = await withFranchise(
    { franchiseId: ctx.franchiseId },
    async (tx) => {
      const where = { id: accessId, franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], archivedAt: null };
      const owners = await lockOwners(tx, ctx);
      const access = await tx.db.staffAccess.findFirst({ where, select: { userId: true } });
      if (access === null) {
        throw notFound("access");
      }
      if (owners.length === 1 && owners[0] === accessId) {
        throw new DomainError("precondition_failed", "a franchise keeps at least one owner, invite another one first");
      }
      await tx.db.staffAccess.updateMany({ where, data: { archivedAt: tx.now } });
      await recordAudit(tx, ctx, { action: "access.archived", entityId: accessId, details: { userId: access.userId } });
      return asId("user", access.userId);
    },
    { fixedNow: ctx.fixedNow },
  );
  await withSystem((tx) => raiseSessionVersion(tx, userId));
};

/** Two owners who take each other out at the same time stand in line here. */
const lockOwners = async (tx: Tx, ctx: ServiceContext): Promise<readonly Id<"staffAccess">[]> => {
  const rows = await tx.db.$queryRaw<{ id: Id<"staffAccess"> }[]>`
    select id from "StaffAccess"
    where "franchiseId" = ${ctx.franchiseId} and "clubId" is null and role = 'owner' and "archivedAt" is null
    order by id for update`;
  return rows.map((row) => row.id);
};
