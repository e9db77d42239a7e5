import "server-only";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { storeDoorEvent } from "#server/services/access/store-door-event.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { storeDelivery } from "#server/services/messages/store-delivery.ts";
import { storeMessage, type IngestConnection } from "#server/services/messages/store-message.ts";
import { storeMissedCall } from "#server/services/messages/store-missed-call.ts";
import { recordInvoice } from "#server/services/payments/record-invoice.ts";
import { recordPayment } from "#server/services/payments/record-payment.ts";
import { liftSuppression, suppressAddress } from "#server/services/people/suppress-address.ts";

type Input = { readonly connection: IngestConnection; readonly events: readonly VendorEvent[] };

export type StoredEvents = { readonly storedCount: number; readonly effectIds: readonly Id<"effect">[] };

/** Everything a vendor told of, in the order in which it told, within the transaction that notes the delivery or moves the cursor. */
export const storeEvents = async (tx: ServiceTx, ctx: ServiceContext, { connection, events }: Input): Promise<StoredEvents> => {
  const effectIds: Id<"effect">[] = [];
  let storedCount = 0;
  for (const event of events) {
    const stored = await storeEvent(tx, ctx, { connection, event });
    storedCount += stored.storedCount;
    effectIds.push(...stored.effectIds);
  }
  return { storedCount, effectIds };
};

const NOTHING: StoredEvents = { storedCount: 0, effectIds: [] };

const storeEvent = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connection, event }: { readonly connection: IngestConnection; readonly event: VendorEvent },
): Promise<StoredEvents> => {
  switch (event.kind) {
    case "message": {
      const { isNew, effectIds } = await storeMessage(tx, ctx, { connection, message: event.message });
      return { storedCount: isNew ? 1 : 0, effectIds };
    }
    case "voicemail": {
      const { isNew, effectIds } = await storeMessage(tx, ctx, { connection, message: voicemailAsMessage(event) });
      return { storedCount: isNew ? 1 : 0, effectIds };
    }
    case "missed_call":
      return { storedCount: 0, effectIds: await storeMissedCall(tx, ctx, { connection, event }) };
    case "delivery":
      await storeDelivery(tx, ctx, { connectionId: connection.id, event });
      return NOTHING;
    case "suppression":
      await noteSuppression(tx, ctx, event);
      return NOTHING;
    case "revoked":
      await noteRevocation(tx, ctx, connection);
      return NOTHING;
    case "payment":
      await recordPayment(tx, ctx, { connectionId: connection.id, event });
      return NOTHING;
    case "invoice":
      await recordInvoice(tx, ctx, { connectionId: connection.id, event });
      return NOTHING;
    case "door":
      await storeDoorEvent(tx, ctx, { connectionId: connection.id, event });
      return NOTHING;
    case "press":
      // Decided by a verb of its own, in the name of whoever pressed.
      return NOTHING;
  }
};

/** What was said on the voicemail enters the thread like a text: it is read, classified and answered as one. */
const voicemailAsMessage = (event: Extract<VendorEvent, { kind: "voicemail" }>) => ({
  externalId: `voicemail:${event.externalId}`,
  direction: "inbound" as const,
  channelExternalId: event.channelExternalId,
  contact: { address: event.contactAddress, externalId: null, name: null },
  text: `Voicemail: ${event.transcript}`,
  sentAt: event.at,
  media: [],
});

/** Every further call would be refused: people are told before the first one is. */
const noteRevocation = async (tx: ServiceTx, ctx: ServiceContext, { id, name }: IngestConnection): Promise<void> => {
  await tx.db.connection.updateMany({
    where: { id, clubId: ctx.clubId },
    data: { status: "needs_reauth", lastErrorAt: tx.now, lastErrorKind: "unauthorized" },
  });
  await raiseAlert(tx, ctx, {
    kind: "connection_unauthorized",
    severity: "critical",
    key: `connection:${id}`,
    title: `${name}: the permission was taken back`,
    detail: "Somebody ended Spotter's access at the vendor. Connect it again to go on.",
    connectionId: id,
  });
  tx.news.changes.push({ topic: "connection" });
};

/** The vendor keeps a list of its own; ours is the one that counts, so it learns of every change there. */
const noteSuppression = async (tx: ServiceTx, ctx: ServiceContext, event: Extract<VendorEvent, { kind: "suppression" }>): Promise<void> => {
  const addresses = [{ addressKey: addressKey(event.address.toLowerCase()), channelKind: event.channelKind }];
  if (event.isSuppressed) {
    await suppressAddress(tx, ctx, { addresses, source: event.source === "hard_bounce" ? "bounce" : "vendor" });
  } else {
    await liftSuppression(tx, ctx, { addresses, liftedBy: "vendor" });
  }
};
