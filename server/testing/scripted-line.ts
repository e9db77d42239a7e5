import type { VendorMessage } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import type { PolicyDocument } from "#server/domain/policy.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ingestMessages } from "#server/services/messages/ingest-messages.ts";
import type { IngestResult } from "#server/services/messages/schemas.ts";

import { database } from "./db.ts";
import { anyPhone, MADE_AT, makeClub, makeConnection, scopeOf, type ClubKey, type TestClub } from "./factories.ts";
import { SCRIPTED_CREDENTIALS } from "./scripted-openphone.ts";

/** A club whose texts run over OpenPhone. */
export type Line = {
  readonly club: TestClub;
  readonly connectionId: Id<"connection">;
  /** Contexts of the machinery. */
  readonly webhook: ServiceContext;
  readonly system: ServiceContext;
};

export const makeLine = async (clubOverrides: Parameters<typeof makeClub>[0] = {}): Promise<Line> => {
  const club = await makeClub(clubOverrides);
  const connectionId = await connect(club, { credentials: SCRIPTED_CREDENTIALS });
  const base = { ...scopeOf(club), clubId: club.id, requestId: "test" };
  return {
    club,
    connectionId,
    webhook: { ...base, actor: { kind: "webhook", connectionId } },
    system: { ...base, actor: { kind: "system", job: "test" } },
  };
};

type Account = { readonly credentials: Readonly<Record<string, string>>; readonly id?: Id<"connection"> };

/** An OpenPhone connection of the club, its credentials sealed as in the product, and due to be polled. */
export const connect = async (club: ClubKey, { credentials, id = newId("connection") }: Account): Promise<Id<"connection">> => {
  const scope = { franchiseId: club.franchiseId, clubId: club.id };
  const sealedCredentials = await withClub(scope, (tx) => sealCredentials(tx, scope, { connectionId: id, credentials }));
  await makeConnection(club, { id, sealedCredentials, nextPollAt: MADE_AT });
  return id;
};

/** The club's own rules on top of the built-in ones; the newest call holds. */
export const publishPolicy = async (club: ClubKey, document: PolicyDocument): Promise<void> => {
  const { owner } = database();
  const version = (await owner.policy.count({ where: { clubId: club.id } })) + 1;
  await owner.policy.create({ data: { id: newId("policy"), ...scopeOf(club), version, document, publishedAt: MADE_AT } });
};

let serial = 0;

type TextOverrides = Partial<Omit<VendorMessage, "contact">> & { readonly from?: string; readonly name?: string | null };

/** One message as a vendor shows it: a member's text unless the overrides say otherwise. */
export const vendorText = ({ from = anyPhone(), name = null, ...overrides }: TextOverrides = {}): VendorMessage => ({
  externalId: `EXT${(serial += 1)}`,
  direction: "inbound",
  channelExternalId: SCRIPTED_CREDENTIALS.phoneNumberId,
  contact: { address: from, externalId: null, name },
  text: `text ${serial}`,
  sentAt: new Date(),
  media: [],
  ...overrides,
});

/** Messages arrive by one webhook delivery of their own. */
export const arrive = (line: Line, ...messages: readonly VendorMessage[]): Promise<IngestResult> =>
  arriveAt(line, line.webhook.fixedNow, ...messages);

export const arriveAt = (line: Line, fixedNow: Date | undefined, ...messages: readonly VendorMessage[]): Promise<IngestResult> =>
  ingestMessages(
    { ...line.webhook, ...(fixedNow === undefined ? {} : { fixedNow }) },
    {
      connectionId: line.connectionId,
      messages,
      origin: { kind: "webhook", deliveryId: `delivery-${(serial += 1)}`, eventKind: "message" },
    },
  );

export type Written = {
  readonly phone: string;
  readonly conversationId: Id<"conversation">;
  readonly messageId: Id<"message">;
  readonly contactId: string;
  readonly result: IngestResult;
};

/** A person texts the club; answers with where it was stored. */
export const write = async (line: Line, overrides: TextOverrides = {}): Promise<Written> => {
  const message = vendorText(overrides);
  const result = await arrive(line, message);
  const stored = await database().owner.message.findFirstOrThrow({
    where: { clubId: line.club.id, externalId: message.externalId },
    include: { conversation: true },
  });
  return {
    phone: message.contact.address ?? "",
    conversationId: stored.conversationId as Id<"conversation">,
    messageId: stored.id as Id<"message">,
    contactId: stored.conversation.contactId,
    result,
  };
};
