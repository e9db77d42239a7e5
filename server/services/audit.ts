import "server-only";

import { actorId, deskOf } from "#server/domain/actor.ts";
import type { AuditAction } from "#server/domain/audit.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Entry = {
  readonly action: AuditAction;
  readonly entityId?: string | null;
  readonly details?: Record<string, string | number | boolean | null>;
};

/** Writes who changed what, in the same transaction as the change: a change without its row cannot commit. */
export const recordAudit = async (tx: Tx, ctx: ServiceContext, entry: Entry): Promise<void> => {
  await tx.db.auditLog.createMany({
    data: {
      id: newId("auditLog"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      action: entry.action,
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      entityId: entry.entityId ?? null,
      details: entry.details ?? {},
      requestId: ctx.requestId,
      deskId: deskOf(ctx.actor),
      createdAt: tx.now,
    },
  });
};
