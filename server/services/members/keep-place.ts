import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { SyncPlace } from "#server/services/members/schemas.ts";

type Input = {
  readonly connectionId: string;
  /** One without a cursor is that of a pass that has ended, unless it is only being begun by its holder. */
  readonly place: SyncPlace;
  /** Given by whoever holds the place: it is moved only while it still names them. */
  readonly heldBy?: string;
};

/** Keeps how far a pass has come. @throws `conflict` when somebody else has taken the place over */
export const keepPlace = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, place, heldBy }: Input): Promise<void> => {
  const where = { clubId: ctx.clubId, connectionId, stream: "members" };
  const isBeginning = place.holder !== undefined && heldBy === undefined;
  const position = place.cursor === null && !isBeginning ? Prisma.JsonNull : { ...place, startedAt: place.startedAt.toISOString() };
  const held = heldBy === undefined ? {} : { position: { path: ["holder"], equals: heldBy } };
  const { count } = await tx.db.syncCursor.updateMany({ where: { ...where, ...held }, data: { position, updatedAt: tx.now } });
  if (count === 0 && heldBy !== undefined) {
    throw new DomainError("conflict", "another sync has taken this list over");
  }
  if (count === 0) {
    await tx.db.syncCursor.createMany({
      data: { id: newId("syncCursor"), franchiseId: ctx.franchiseId, ...where, position, updatedAt: tx.now },
    });
  }
};
