import "server-only";

import type { VendorMessage } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { cleanInbound, normaliseForHash, previewOf, stripInvisible } from "#server/domain/text.ts";
import type { ChannelKind, Provider } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
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

const CHANNEL_KIND: Partial<Record<Provider, ChannelKind>> = { openphone: "sms", twilio: "sms", clubos: "clubos", email: "email" };

/** What is not known of a message yet: its text cleaned, its preview and its hash. */
export const prepareArrival = (connection: IngestConnection, raw: VendorMessage): Arrival => {
  const message = withCleanFields(raw);
  const { text } = cleanInbound(message.text);
  return {
    connection,
    message,
    channelKind: CHANNEL_KIND[connection.provider] ?? "sms",
    text,
    preview: text === "" && message.media.length > 0 ? "Picture or file" : previewOf(text),
    bodyHash: sha256(normaliseForHash(text)),
  };
};

/** Names and subjects are as foreign as the text: one character PostgreSQL refuses would hold up the whole page for ever. */
const withCleanFields = (message: VendorMessage): VendorMessage => {
  const { contact, html, subject, staffAddressee, authorName } = message;
  return {
    ...message,
    contact: { ...contact, name: contact.name === null ? null : stripInvisible(contact.name) },
    ...(html === undefined ? {} : { html: stripInvisible(html) }),
    ...(subject === undefined ? {} : { subject: stripInvisible(subject) }),
    ...(staffAddressee === undefined ? {} : { staffAddressee: stripInvisible(staffAddressee) }),
    ...(authorName === undefined ? {} : { authorName: stripInvisible(authorName) }),
  };
};

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
