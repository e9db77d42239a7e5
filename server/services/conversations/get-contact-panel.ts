import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { ContactPanel } from "#server/domain/contact-panel-view.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { readRecords } from "./contact-records.ts";
import { ConversationInput } from "./schemas.ts";

/** The panel is a glance; the rest is in the club's own system. */
const MAX_VISITS = 5;
const MAX_BOOKINGS = 3;
const MAX_PROMISES = 3;
const MAX_ROWS = 20;

/** What is known about the person behind a conversation. @throws `not_found` */
export const getContactPanel = async (ctx: ServiceContext, raw: ConversationInput): Promise<ContactPanel> => {
  assertCan(ctx, "conversation.read");
  const { conversationId } = ConversationInput.parse(raw);
  return withClub(ctx, (tx) => readPanel(tx, ctx, conversationId), { fixedNow: ctx.fixedNow });
};

const readPanel = async (tx: Tx, ctx: ServiceContext, conversationId: Id<"conversation">): Promise<ContactPanel> => {
  const { contactId, channelKind, name } = await readContact(tx, ctx, conversationId);
  const scope = { clubId: ctx.clubId, contactId };
  const identities = await tx.db.contactIdentity.findMany({
    where: scope,
    orderBy: { id: "asc" },
    select: { channelKind: true, address: true, addressKey: true },
  });
  const own = identities.filter((identity) => identity.channelKind === channelKind);
  const { binding, member, proof, prospect } = await readRecords(tx, {
    ...scope,
    conversationId,
    channelKind,
    addressKeys: own.map(({ addressKey }) => addressKey),
  });
  return {
    contactId,
    name,
    address: own.find(({ address }) => address !== null)?.address ?? null,
    channelKind,
    binding,
    proof,
    member: member === null ? null : withoutId(member),
    prospect,
    recentVisits: member === null ? [] : await readVisits(tx, { clubId: ctx.clubId, memberId: member.id }),
    promises: member === null ? [] : await readPromises(tx, scope),
    nextBookings: binding === "shared" ? [] : await readBookings(tx, scope),
    consents: await readConsents(tx, scope),
    suppressions: await readSuppressions(tx, { franchiseId: ctx.franchiseId, addressKeys: identities.map(({ addressKey }) => addressKey) }),
    otherConversations: await readOthers(tx, { ...scope, conversationId }),
    tickets: await readTickets(tx, { ...scope, conversationId }),
  };
};

const readContact = async (tx: Tx, ctx: ServiceContext, conversationId: string) => {
  const row = await tx.db.conversation.findFirst({
    where: { id: conversationId, clubId: ctx.clubId },
    select: { contactId: true, contact: { select: { displayName: true } }, channel: { select: { kind: true } } },
  });
  if (row === null) {
    throw notFound("conversation");
  }
  return { contactId: row.contactId as Id<"contact">, channelKind: row.channel.kind as ChannelKind, name: row.contact.displayName };
};

const withoutId = <Row extends { readonly id: string }>({ id: _id, ...row }: Row): Omit<Row, "id"> => row;

const readVisits = async (tx: Tx, where: { readonly clubId: string; readonly memberId: string }): Promise<readonly Date[]> => {
  const rows = await tx.db.visit.findMany({ where, orderBy: { at: "desc" }, take: MAX_VISITS, select: { at: true } });
  return rows.map(({ at }) => at);
};

const readBookings = async (
  tx: Tx,
  where: { readonly clubId: string; readonly contactId: string },
): Promise<ContactPanel["nextBookings"]> => {
  const rows = await tx.db.booking.findMany({
    where: { ...where, endsAt: { gt: tx.now }, status: { not: "cancelled" } },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    take: MAX_BOOKINGS,
    select: { id: true, title: true, place: true, startsAt: true, endsAt: true },
  });
  return rows.map((row) => ({ ...row, id: row.id as Id<"booking"> }));
};

const readPromises = async (tx: Tx, where: { readonly clubId: string; readonly contactId: string }): Promise<ContactPanel["promises"]> => {
  const rows = await tx.db.paymentPromise.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_PROMISES,
    select: { id: true, amountMinor: true, currency: true, promisedOn: true, status: true },
  });
  return rows.map((row) => ({ ...row, id: asId("paymentPromise", row.id), amountMinor: row.amountMinor?.toString() ?? null }));
};

/** The newest word on each purpose and channel is the one that holds. */
const readConsents = (tx: Tx, where: { readonly clubId: string; readonly contactId: string }) =>
  tx.db.consent.findMany({
    where,
    orderBy: { at: "desc" },
    distinct: ["purpose", "channelKind"],
    take: MAX_ROWS,
    select: { purpose: true, channelKind: true, isGranted: true, source: true, at: true },
  });

const readSuppressions = (
  tx: Tx,
  { franchiseId, addressKeys }: { readonly franchiseId: string; readonly addressKeys: readonly string[] },
) =>
  tx.db.suppression.findMany({
    where: { franchiseId, addressKey: { in: [...addressKeys] }, liftedAt: null },
    orderBy: { createdAt: "desc" },
    take: MAX_ROWS,
    select: { channelKind: true, purpose: true, source: true, createdAt: true },
  });

type ContactScope = { readonly clubId: string; readonly contactId: string; readonly conversationId: string };

const readOthers = async (tx: Tx, { conversationId, ...scope }: ContactScope): Promise<ContactPanel["otherConversations"]> => {
  const rows = await tx.db.conversation.findMany({
    where: { ...scope, id: { not: conversationId }, archivedAt: null },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    take: MAX_ROWS,
    select: { id: true, lastMessageAt: true, lastMessagePreview: true, channel: { select: { kind: true } } },
  });
  return rows.map((row) => ({
    id: row.id as Id<"conversation">,
    channelKind: row.channel.kind as ChannelKind,
    lastMessageAt: row.lastMessageAt,
    preview: row.lastMessagePreview,
  }));
};

const readTickets = async (tx: Tx, { clubId, contactId, conversationId }: ContactScope): Promise<ContactPanel["tickets"]> => {
  const rows = await tx.db.ticket.findMany({
    where: { clubId, status: "open", OR: [{ contactId }, { conversationId }] },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    take: MAX_ROWS,
    select: { id: true, title: true, dueAt: true },
  });
  return rows.map((row) => ({ ...row, id: row.id as Id<"ticket"> }));
};
