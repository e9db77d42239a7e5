import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { personKey } from "#server/services/members/same-person.ts";
import type { Arrival } from "#server/services/messages/store-message.ts";

/** The conversation a message belongs to, locked for the rest of the transaction. */
export type Place = {
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  readonly channelId: Id<"channel">;
  readonly addressKey: string;
  readonly conversation: LockedConversation;
};

export type LockedConversation = {
  readonly status: string;
  readonly handledBy: string;
  readonly needsYou: string;
  readonly messageSequence: number;
  readonly waitingSince: Date | null;
  readonly lastMessageAt: Date;
};

/** Finds or makes channel, contact and conversation of a message, one person at a time. */
export const findPlace = async (tx: ServiceTx, ctx: ServiceContext, arrival: Arrival): Promise<Place> => {
  const key = keyOf(arrival);
  // Two first messages of one new person arrive at once in two transactions: the second waits here and finds the first's rows.
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.clubId}|${arrival.channelKind}|${key}`}, 0))`;
  const channelId = await channelOf(tx, ctx, arrival);
  const contactId = await contactOf(tx, ctx, { arrival, key });
  const conversationId = await conversationOf(tx, ctx, { arrival, channelId, contactId });
  const [conversation] = await tx.db.$queryRaw<LockedConversation[]>`
    select status, "handledBy", "needsYou", "messageSequence", "waitingSince", "lastMessageAt" from "Conversation"
    where id = ${conversationId} and "clubId" = ${ctx.clubId} for update`;
  if (conversation === undefined) {
    throw new Error("the conversation just found is gone");
  }
  return { conversationId, contactId, channelId, addressKey: key, conversation };
};

/** The address where there is one, else the vendor's own id of the person. */
const keyOf = ({ message, connection }: Arrival): string =>
  addressKey(
    message.contact.externalId !== null && connection.provider === "clubos"
      ? `clubos:${message.contact.externalId}`
      : (addressOf(message.contact) ?? `name:${message.contact.name ?? "unknown"}`),
  );

const addressOf = (contact: Arrival["message"]["contact"]): string | null =>
  contact.address?.trim().toLowerCase() ?? (contact.externalId === null ? null : `id:${contact.externalId}`);

const channelOf = async (tx: ServiceTx, ctx: ServiceContext, { connection, message, channelKind }: Arrival): Promise<Id<"channel">> => {
  const where = { clubId: ctx.clubId, connectionId: connection.id, externalId: message.channelExternalId };
  const existing = await tx.db.channel.findFirst({ where, select: { id: true } });
  if (existing !== null) {
    return existing.id as Id<"channel">;
  }
  await tx.db.channel.createMany({
    data: { id: newId("channel"), franchiseId: ctx.franchiseId, ...where, kind: channelKind, name: connection.name, createdAt: tx.now },
    skipDuplicates: true,
  });
  const made = await tx.db.channel.findFirstOrThrow({ where, select: { id: true } });
  return made.id as Id<"channel">;
};

const contactOf = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrival, key }: { readonly arrival: Arrival; readonly key: string },
): Promise<Id<"contact">> => {
  const known = await tx.db.contactIdentity.findFirst({
    where: { clubId: ctx.clubId, channelKind: arrival.channelKind, addressKey: key },
    select: { id: true, contactId: true, address: true, externalId: true },
  });
  if (known !== null) {
    return known.contactId as Id<"contact">;
  }
  const contactId =
    (await contactOfVendorId(tx, ctx, arrival)) ??
    (await contactOfRecord(tx, ctx, { arrival, key })) ??
    (await newContact(tx, ctx, arrival));
  await tx.db.contactIdentity.createMany({
    data: {
      id: newId("contactIdentity"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId,
      channelKind: arrival.channelKind,
      address: arrival.message.contact.address,
      addressKey: key,
      externalId: arrival.message.contact.externalId,
      createdAt: tx.now,
    },
  });
  return contactId;
};

/** Whom the vendor names by its own id is known, unless it calls them by another name: two surfaces of a vendor may count apart. */
const contactOfVendorId = async (tx: ServiceTx, ctx: ServiceContext, { connection, message }: Arrival): Promise<Id<"contact"> | null> => {
  const { externalId, name } = message.contact;
  if (externalId === null) {
    return null;
  }
  const person = { select: { contactId: true, firstName: true, lastName: true } } as const;
  const identity = await tx.db.memberIdentity.findFirst({
    where: { clubId: ctx.clubId, connectionId: connection.id, externalId, archivedAt: null },
    select: { member: person, prospect: person },
  });
  const record = identity?.member ?? identity?.prospect ?? null;
  const isMeant = record !== null && (name === null || personKey({ firstName: name, lastName: "" }) === personKey(record));
  return isMeant ? (record.contactId as Id<"contact">) : null;
};

/** The contact of the one member or prospect with this address; a vendor's name settles which of several it is. */
const contactOfRecord = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrival }: { readonly arrival: Arrival; readonly key: string },
): Promise<Id<"contact"> | null> => {
  const { address, name } = arrival.message.contact;
  if (address === null) {
    return null;
  }
  const key = addressKey(address.trim().toLowerCase());
  const where = { clubId: ctx.clubId, archivedAt: null, OR: [{ phoneKey: key }, { emailKey: key }] };
  const select = { contactId: true, firstName: true, lastName: true } as const;
  const records = [
    ...(await tx.db.member.findMany({ where, select, take: 5 })),
    ...(await tx.db.prospect.findMany({ where, select, take: 5 })),
  ];
  const named =
    arrival.channelKind === "clubos"
      ? records.filter((row) => `${row.firstName} ${row.lastName}`.toLowerCase() === name?.trim().toLowerCase())
      : records;
  const contacts = new Set(named.map((row) => row.contactId));
  const [only] = contacts;
  return contacts.size === 1 && only !== undefined ? (only as Id<"contact">) : null;
};

const newContact = async (tx: ServiceTx, ctx: ServiceContext, { message }: Arrival): Promise<Id<"contact">> => {
  const id = newId("contact");
  const name = message.contact.name?.trim() ?? "";
  const displayName = name === "" ? (message.contact.address ?? "Unknown sender") : name;
  await tx.db.contact.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      displayName,
      firstName: name === "" ? null : (name.split(/\s+/)[0] ?? null),
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  });
  return id;
};

/** A thread whose first message is one of ours: we gave it its name only when we sent it. */
const begunByUs = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrival: { message, connection, channelKind }, contactId }: { readonly arrival: Arrival; readonly contactId: string },
): Promise<{ readonly id: string } | null> => {
  if (channelKind !== "email" || message.threadKey === undefined || message.threadKey === "") {
    return null;
  }
  const first = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, connectionId: connection.id, externalId: message.threadKey, conversation: { contactId } },
    select: { conversationId: true },
  });
  return first === null ? null : { id: first.conversationId };
};

const conversationOf = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrival, channelId, contactId }: { readonly arrival: Arrival; readonly channelId: string; readonly contactId: string },
): Promise<Id<"conversation">> => {
  const where = {
    clubId: ctx.clubId,
    channelId,
    contactId,
    threadKey: arrival.channelKind === "email" ? (arrival.message.threadKey ?? "") : "",
  };
  const existing =
    (await tx.db.conversation.findFirst({ where, select: { id: true } })) ?? (await begunByUs(tx, ctx, { arrival, contactId }));
  if (existing !== null) {
    return existing.id as Id<"conversation">;
  }
  const id = newId("conversation");
  await tx.db.conversation.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      ...where,
      subject: arrival.message.subject ?? null,
      status: "open",
      handledBy: "agent",
      lastMessageAt: tx.now,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  });
  await tx.db.handover.createMany({
    data: {
      id: newId("handover"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: id,
      handledBy: "agent",
      cause: "new",
      startedAt: tx.now,
    },
  });
  return id;
};
