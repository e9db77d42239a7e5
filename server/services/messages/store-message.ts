import "server-only";

import type { VendorMessage } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind, Provider } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";
import { recogniseEcho } from "#server/services/messages/recognise-echo.ts";
import { storeInbound } from "#server/services/messages/store-inbound.ts";
import { storeOutbound } from "#server/services/messages/store-outbound.ts";
import { findPlace, type Place } from "#server/services/messages/find-place.ts";

export type IngestConnection = {
  readonly id: Id<"connection">;
  readonly provider: Provider;
  readonly name: string;
  readonly clubName: string;
  readonly clubPhone: string | null;
};

/** A vendor's message made ready to store. */
export type Arrival = {
  readonly connection: IngestConnection;
  readonly message: VendorMessage;
  readonly channelKind: ChannelKind;
  readonly text: string;
  readonly preview: string;
  readonly bodyHash: string;
};

export type Stored = { readonly isNew: boolean; readonly effectIds: readonly Id<"effect">[] };

const NOTHING: Stored = { isNew: false, effectIds: [] };

/** Stores one vendor message as exactly one row, or recognises that it is known. Part of the ingest transaction. */
export const storeMessage = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connection, message }: { readonly connection: IngestConnection; readonly message: VendorMessage },
): Promise<Stored> => {
  const arrival = prepareArrival(connection, message);
  const place = await findPlace(tx, ctx, arrival);
  if (await isKnown(tx, ctx, arrival)) {
    return NOTHING;
  }
  if (message.direction === "inbound") {
    return storeInbound(tx, ctx, { arrival, place });
  }
  if (await recogniseEcho(tx, ctx, { arrival, place })) {
    return NOTHING;
  }
  await storeOutbound(tx, ctx, { arrival, place });
  return { isNew: true, effectIds: [] };
};

export type Arrived = { readonly arrival: Arrival; readonly place: Place };

/** The first body of an id is kept; another one under the same id is a revision, never an overwrite. */
const isKnown = async (tx: ServiceTx, ctx: ServiceContext, arrival: Arrival): Promise<boolean> => {
  const existing = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, connectionId: arrival.connection.id, externalId: arrival.message.externalId },
    select: { id: true, bodyHash: true },
  });
  if (existing === null) {
    return false;
  }
  if (existing.bodyHash !== arrival.bodyHash) {
    await tx.db.messageRevision.createMany({
      data: {
        id: newId("messageRevision"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        messageId: existing.id,
        body: arrival.text,
        bodyHash: arrival.bodyHash,
        createdAt: tx.now,
      },
      skipDuplicates: true,
    });
  }
  return true;
};
