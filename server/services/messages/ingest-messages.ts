import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { storeEvents } from "#server/services/messages/store-events.ts";
import { storeMessage, type IngestConnection } from "#server/services/messages/store-message.ts";
import type { IngestInput, IngestResult } from "#server/services/messages/schemas.ts";

/** A conversation of a connection counts as active this long after a message; the connection is then polled at its quick pace. */
const ACTIVE_MINUTES = 3;

/**
 * Stores what a vendor showed, in one transaction: messages, conversations, suppressions, outbox and cursor. The
 * cursor moves nowhere else. A message that is known already changes nothing; a known delivery does nothing at all.
 * @throws `not_found` for a connection of another club, `conflict` when the poller's lease was taken over
 */
export const ingestMessages = async (ctx: ServiceContext, input: IngestInput): Promise<IngestResult> => {
  assertCan(ctx, "message.ingest");
  return inTransaction(ctx, async (tx) => {
    const connection = await fencedConnection(tx, ctx, input);
    if (input.origin.kind === "webhook" && !(await isFirstDelivery(tx, ctx, input))) {
      return { isReplay: true, storedCount: 0, effectIds: [] };
    }
    const effectIds: Id<"effect">[] = [];
    let storedCount = 0;
    for (const message of input.messages) {
      const stored = await storeMessage(tx, ctx, { connection, message });
      storedCount += stored.isNew ? 1 : 0;
      effectIds.push(...stored.effectIds);
    }
    const told = await storeEvents(tx, ctx, { connection, events: input.events ?? [] });
    storedCount += told.storedCount;
    effectIds.push(...told.effectIds);
    await moveOn(tx, ctx, { input, storedCount });
    if (storedCount > 0) {
      await recordAudit(tx, ctx, {
        action: "message.ingested",
        entityId: input.connectionId,
        details: { count: storedCount, origin: input.origin.kind },
      });
    }
    return { isReplay: false, storedCount, effectIds };
  });
};

const fencedConnection = async (tx: ServiceTx, ctx: ServiceContext, input: IngestInput): Promise<IngestConnection> => {
  const row = await tx.db.connection.findFirst({
    where: { id: input.connectionId, clubId: ctx.clubId, archivedAt: null },
    select: { id: true, provider: true, name: true, club: { select: { phone: true, name: true } } },
  });
  if (row === null) {
    throw notFound("connection");
  }
  // Locks the row, before any person is: a poll and a webhook of one connection come one after the other, and a poller
  // that lost its lease while it was paused cannot commit what it read.
  const fence = input.origin.kind === "poll" ? { fencingToken: input.origin.fencingToken } : {};
  const { count } = await tx.db.connection.updateMany({ where: { id: row.id, clubId: ctx.clubId, ...fence }, data: { updatedAt: tx.now } });
  if (count === 0) {
    throw new DomainError("conflict", "another poller has taken this connection over");
  }
  return {
    id: row.id as Id<"connection">,
    provider: Provider.parse(row.provider),
    name: row.name,
    clubName: row.club.name,
    clubPhone: row.club.phone,
  };
};

const isFirstDelivery = async (tx: ServiceTx, ctx: ServiceContext, input: IngestInput): Promise<boolean> => {
  if (input.origin.kind !== "webhook") {
    return true;
  }
  const { count } = await tx.db.webhookDelivery.createMany({
    data: {
      id: newId("webhookDelivery"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      connectionId: input.connectionId,
      externalId: input.origin.deliveryId,
      kind: input.origin.eventKind,
      receivedAt: tx.now,
      processedAt: tx.now,
    },
    skipDuplicates: true,
  });
  return count === 1;
};

const moveOn = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { input, storedCount }: { readonly input: IngestInput; readonly storedCount: number },
): Promise<void> => {
  const activeUntil = storedCount > 0 ? { activeUntil: new Date(tx.now.getTime() + ACTIVE_MINUTES * 60_000) } : {};
  await tx.db.connection.updateMany({
    where: { id: input.connectionId, clubId: ctx.clubId },
    data: { lastSuccessAt: tx.now, errorCount: 0, lastErrorKind: null, ...activeUntil },
  });
  if (input.origin.kind !== "poll") {
    return;
  }
  const moved = {
    position: input.origin.cursor === null ? Prisma.JsonNull : (input.origin.cursor as Prisma.InputJsonValue),
    bodyHash: input.origin.bodyHash,
    updatedAt: tx.now,
  };
  const { count } = await tx.db.syncCursor.updateMany({
    where: { clubId: ctx.clubId, connectionId: input.connectionId, stream: "inbox" },
    data: moved,
  });
  if (count === 0) {
    await tx.db.syncCursor.createMany({
      data: {
        id: newId("syncCursor"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        connectionId: input.connectionId,
        stream: "inbox",
        ...moved,
      },
      skipDuplicates: true,
    });
  }
};
