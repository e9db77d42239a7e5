import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Found = { readonly memberId: Id<"member">; readonly connectionId: Id<"connection"> };

/** What a connection's vendor calls a member; null where it does not know them. */
export const externalIdOf = async (tx: ServiceTx, ctx: ServiceContext, { memberId, connectionId }: Found): Promise<string | null> => {
  const identity = await tx.db.memberIdentity.findFirst({
    where: { clubId: ctx.clubId, memberId, connectionId: asId("connection", connectionId), archivedAt: null },
    select: { externalId: true },
  });
  return identity?.externalId ?? null;
};
