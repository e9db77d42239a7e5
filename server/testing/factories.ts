import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind, Provider, Role } from "#server/domain/vocabulary.ts";
import { ROLES } from "#server/domain/vocabulary.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey, sha256 } from "#server/platform/keys.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { database } from "./db.ts";

/** Rows are written as the owner of the tables, so that a test's set-up does not depend on what it tests. */

let serial = 0;
const next = (): number => (serial += 1);

/** The instant all made rows bear unless a test says otherwise. */
export const MADE_AT = new Date("2026-11-20T17:00:00.000Z");
export const minutesAfter = (minutes: number): Date => new Date(MADE_AT.getTime() + minutes * 60_000);

export type TestClub = {
  readonly id: Id<"club">;
  readonly franchiseId: Id<"franchise">;
  readonly slug: string;
  readonly name: string;
  /** Contexts in which the verbs of this club are called, one per role; the users are in `people`. */
  readonly as: Readonly<Record<Role, ServiceContext>>;
  readonly people: Readonly<Record<Role, { readonly userId: Id<"user">; readonly name: string; readonly email: string }>>;
};

type ClubOverrides = Partial<Pick<Prisma.ClubUncheckedCreateInput, "name" | "timeZone" | "phone">> & {
  readonly franchiseId?: Id<"franchise">;
};

/** A club with its counter and one person of each role, in a franchise of its own unless one is named. */
export const makeClub = async (overrides: ClubOverrides = {}): Promise<TestClub> => {
  const { owner } = database();
  const number = next();
  const franchiseId = overrides.franchiseId ?? newId("franchise");
  if (overrides.franchiseId === undefined) {
    await owner.franchise.create({
      data: { id: franchiseId, slug: `franchise-${franchiseId.slice(-12)}`, name: `Franchise ${number}`, createdAt: MADE_AT },
    });
  }
  const id = newId("club");
  const slug = `club-${id.slice(-12)}`;
  const name = overrides.name ?? `Club ${number}`;
  await owner.club.create({
    data: { id, slug, kind: "gym", timeZone: "America/Denver", currency: "USD", createdAt: MADE_AT, ...overrides, franchiseId, name },
  });
  await owner.clubCounter.create({ data: { clubId: id, franchiseId } });
  const [staff, manager, head] = await Promise.all(ROLES.map((role) => makePerson({ id, franchiseId }, role)));
  if (staff === undefined || manager === undefined || head === undefined) {
    throw new Error("a role has no person");
  }
  const people = { staff, manager, owner: head };
  const as = (role: Role): ServiceContext => ({
    franchiseId,
    clubId: id,
    actor: { kind: "staff", userId: people[role].userId, name: people[role].name, role, signedInAt: new Date() },
    requestId: "test",
  });
  return { id, franchiseId, slug, name, people, as: { staff: as("staff"), manager: as("manager"), owner: as("owner") } };
};

export type ClubKey = Pick<TestClub, "id" | "franchiseId">;

/** A user with one access; an owner's is to the whole franchise. */
export const makePerson = async (club: ClubKey, role: Role) => {
  const { owner } = database();
  const userId = newId("user");
  const name = `Person ${next()}`;
  const email = `${userId.slice(-12)}@people.example`;
  await owner.user.create({ data: { id: userId, email, name, createdAt: MADE_AT } });
  await owner.staffAccess.create({
    data: {
      id: newId("staffAccess"),
      userId,
      franchiseId: club.franchiseId,
      clubId: role === "owner" ? null : club.id,
      role,
      createdAt: MADE_AT,
    },
  });
  return { userId, name, email };
};

export const scopeOf = (club: ClubKey) => ({ franchiseId: club.franchiseId, clubId: club.id });

const PROVIDER_OF = { sms: "openphone", email: "email", clubos: "clubos" } as const satisfies Record<ChannelKind, Provider>;

export const makeConnection = (club: ClubKey, overrides: Partial<Prisma.ConnectionUncheckedCreateInput> = {}) =>
  database().owner.connection.create({
    data: {
      id: newId("connection"),
      ...scopeOf(club),
      provider: "openphone",
      name: `Connection ${next()}`,
      status: "active",
      settings: {},
      sealedCredentials: {},
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      ...overrides,
    },
  });

/** The club's channel of a kind; made with its connection where there is none yet. */
export const makeChannel = async (club: ClubKey, kind: ChannelKind = "sms") => {
  const { owner } = database();
  const existing = await owner.channel.findFirst({ where: { clubId: club.id, kind } });
  if (existing !== null) {
    return existing;
  }
  const connection = await makeConnection(club, { provider: PROVIDER_OF[kind] });
  const number = next();
  return owner.channel.create({
    data: {
      id: newId("channel"),
      ...scopeOf(club),
      connectionId: connection.id,
      kind,
      name: `Channel ${number}`,
      externalId: `channel-${number}`,
      createdAt: MADE_AT,
    },
  });
};

/** A number nobody has: 555-01xx, another one each time until a hundred are used per area code. */
export const anyPhone = (): string => {
  const number = next();
  return `+1${200 + (Math.floor(number / 100) % 700)}55501${(number % 100).toString().padStart(2, "0")}`;
};

type ContactOverrides = { readonly name?: string; readonly from?: string; readonly kind?: ChannelKind };

export const makeContact = async (
  club: ClubKey,
  { name = `Contact ${next()}`, from = anyPhone(), kind = "sms" }: ContactOverrides = {},
) => {
  const { owner } = database();
  const contact = await owner.contact.create({
    data: { id: newId("contact"), ...scopeOf(club), displayName: name, createdAt: MADE_AT, updatedAt: MADE_AT },
  });
  const identity = await owner.contactIdentity.create({
    data: {
      id: newId("contactIdentity"),
      ...scopeOf(club),
      contactId: contact.id,
      channelKind: kind,
      address: from,
      addressKey: addressKey(from),
      createdAt: MADE_AT,
    },
  });
  return { contact, identity };
};

type ConversationOverrides = ContactOverrides &
  Partial<Omit<Prisma.ConversationUncheckedCreateInput, "id" | "clubId" | "franchiseId" | "channelId">>;

/** A conversation without messages. `contactId` continues with a known contact; otherwise a new one writes. */
export const makeConversation = async (club: ClubKey, { name, from, kind = "sms", ...columns }: ConversationOverrides = {}) => {
  const channel = await makeChannel(club, kind);
  const made =
    columns.contactId === undefined
      ? await makeContact(club, { kind, ...(name === undefined ? {} : { name }), ...(from === undefined ? {} : { from }) })
      : null;
  const id = newId("conversation");
  const conversation = await database().owner.conversation.create({
    data: {
      status: "open",
      handledBy: "agent",
      lastMessageAt: MADE_AT,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      ...columns,
      id,
      ...scopeOf(club),
      channelId: channel.id,
      contactId: made?.contact.id ?? columns.contactId ?? "",
    },
  });
  return { conversation: { ...conversation, id }, contact: made?.contact ?? null, identity: made?.identity ?? null, channel };
};

type MessageOverrides = Partial<Omit<Prisma.MessageUncheckedCreateInput, "id" | "clubId" | "franchiseId" | "conversationId" | "body">> & {
  readonly text?: string;
};

/** The next message of a conversation; inbound unless the overrides say otherwise. */
export const makeMessage = async (
  club: ClubKey,
  conversationId: string,
  { text = `Message ${next()}`, ...columns }: MessageOverrides = {},
) => {
  const { owner } = database();
  const id = newId("message");
  const at = columns.sentAt ?? MADE_AT;
  const isInbound = (columns.direction ?? "inbound") === "inbound";
  const { messageSequence: sequence } = await owner.conversation.update({
    where: { id: conversationId },
    data: { messageSequence: { increment: 1 }, lastMessageAt: at, lastMessagePreview: text },
    select: { messageSequence: true },
  });
  if (isInbound) {
    await owner.conversation.update({
      where: { id: conversationId },
      data: { inboundSequence: sequence, unreadCount: { increment: 1 }, waitingSince: at },
    });
  }
  const message = await owner.message.create({
    data: {
      direction: "inbound",
      author: isInbound ? "contact" : "agent",
      status: isInbound ? "unread" : "sent",
      sentAt: at,
      receivedAt: at,
      createdAt: at,
      ...columns,
      id,
      ...scopeOf(club),
      conversationId,
      sequence,
      body: text,
      bodyHash: sha256(text),
    },
  });
  return { ...message, id };
};

/** A contact writes a first message. */
export const makeInbound = async (
  club: ClubKey,
  { text = "are you open today?", ...overrides }: ConversationOverrides & { readonly text?: string } = {},
) => {
  const made = await makeConversation(club, overrides);
  const message = await makeMessage(club, made.conversation.id, { text });
  return { ...made, message };
};

/** A record of the club's own system, tied to a contact by its number. */
export const makeMember = async (club: ClubKey, contactId: string, overrides: Partial<Prisma.MemberUncheckedCreateInput> = {}) => {
  const connection = await makeConnection(club, { provider: "clubhub" });
  const id = newId("member");
  const phone = overrides.phone ?? null;
  const externalId = `member-${next()}`;
  await database().owner.member.create({
    data: {
      firstName: "Robin",
      lastName: "Hale",
      status: "active",
      currency: "USD",
      phoneKey: phone === null ? null : addressKey(phone),
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      ...overrides,
      id,
      ...scopeOf(club),
      contactId,
      connectionId: connection.id,
      externalId,
    },
  });
  await database().owner.memberIdentity.create({
    data: {
      id: newId("memberIdentity"),
      ...scopeOf(club),
      memberId: id,
      connectionId: connection.id,
      externalId,
      kind: "member",
      phone,
      sourceHash: "none",
      seenAt: MADE_AT,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  return id;
};
