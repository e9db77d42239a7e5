import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import type { PersonDetail } from "#server/domain/person-view.ts";
import type { ChannelKind, MemberStatus } from "#server/domain/vocabulary.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { readConsents } from "#server/services/contacts/read-consents.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

export const GetPersonInput = z.object({ contactId: idSchema("contact") });

/** More of anything than this is not read on a page; the timeline has it all. */
const ROWS_MAX = 20;

type Scope = { readonly clubId: string; readonly contactId: string };

/** What the club knows of one person, by contact. @throws `not_found` */
export const getPerson = async (ctx: ServiceContext, raw: z.input<typeof GetPersonInput>): Promise<PersonDetail> => {
  assertCan(ctx, "member.read");
  assertCan(ctx, "conversation.read");
  const { contactId } = GetPersonInput.parse(raw);
  return withClub(ctx, (tx) => readPerson(tx, ctx, contactId), { fixedNow: ctx.fixedNow });
};

const readPerson = async (tx: Tx, ctx: ServiceContext, contactId: Id<"contact">): Promise<PersonDetail> => {
  const scope = { clubId: ctx.clubId, contactId };
  const contact = await tx.db.contact.findFirst({
    where: { id: contactId, clubId: ctx.clubId },
    select: { displayName: true, isAgentOff: true },
  });
  if (contact === null) {
    throw notFound("person");
  }
  const identities = await tx.db.contactIdentity.findMany({
    where: scope,
    orderBy: { id: "asc" },
    select: { channelKind: true, address: true, addressKey: true },
  });
  const addressKeys = identities.map(({ addressKey }) => addressKey);
  const members = await readMembers(tx, scope);
  const [newest] = members;
  return {
    contactId,
    name: newest?.name ?? contact.displayName,
    isAgentOff: contact.isAgentOff,
    addresses: identities.flatMap(({ address, channelKind }) =>
      address === null ? [] : [{ channelKind: channelKind as ChannelKind, address }],
    ),
    members: members.map(({ keys: _keys, ...member }) => member),
    prospects: await readProspects(tx, scope),
    ...(await readTalk(tx, scope)),
    sharedWith: await readSharers(tx, scope, [...new Set([...addressKeys, ...members.flatMap(({ keys }) => keys)])]),
    consents: await readConsents(tx, ctx, contactId),
    suppressions: await tx.db.suppression.findMany({
      where: { franchiseId: ctx.franchiseId, addressKey: { in: addressKeys }, liftedAt: null },
      orderBy: { createdAt: "desc" },
      take: ROWS_MAX,
      select: { channelKind: true, purpose: true, source: true, createdAt: true },
    }),
    holds: await readHolds(tx, scope),
    promises: await readPromises(tx, scope),
  };
};

/** Who is here before who has gone from the club's system. */
const readMembers = async (tx: Tx, scope: Scope) => {
  const rows = await tx.db.member.findMany({
    where: scope,
    orderBy: [{ archivedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: {
      id: true,
      firstName: true,
      lastName: true,
      status: true,
      statusMessage: true,
      membershipType: true,
      phone: true,
      phoneKey: true,
      email: true,
      emailKey: true,
      joinedOn: true,
      lastVisitAt: true,
      visitCount: true,
      balanceMinor: true,
      trainingBalanceMinor: true,
      currency: true,
      balanceReadAt: true,
      pastDueSinceOn: true,
      accessState: true,
      archivedAt: true,
    },
  });
  return rows.map(({ archivedAt, balanceMinor, emailKey, firstName, id, lastName, phoneKey, status, trainingBalanceMinor, ...row }) => ({
    ...row,
    id: asId("member", id),
    name: `${firstName} ${lastName}`.trim(),
    status: status as MemberStatus,
    balanceMinor: balanceMinor === null ? null : `${balanceMinor}`,
    trainingBalanceMinor: trainingBalanceMinor === null ? null : `${trainingBalanceMinor}`,
    isArchived: archivedAt !== null,
    keys: [phoneKey, emailKey].filter((key) => key !== null),
  }));
};

const readProspects = async (tx: Tx, scope: Scope): Promise<PersonDetail["prospects"]> => {
  const rows = await tx.db.prospect.findMany({
    where: { ...scope, archivedAt: null },
    orderBy: { id: "desc" },
    take: ROWS_MAX,
    select: { id: true, source: true, createdOn: true },
  });
  return rows.map((row) => ({ ...row, id: asId("prospect", row.id) }));
};

const readTalk = async (tx: Tx, scope: Scope): Promise<Pick<PersonDetail, "conversations" | "tags">> => {
  const rows = await tx.db.conversation.findMany({
    where: { ...scope, archivedAt: null },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: {
      id: true,
      lastMessageAt: true,
      lastMessagePreview: true,
      channel: { select: { kind: true } },
      tags: { select: { tag: true } },
    },
  });
  return {
    tags: [...new Set(rows.flatMap(({ tags }) => tags.map(({ tag }) => tag)))].toSorted(),
    conversations: rows.map(({ channel, id, lastMessageAt, lastMessagePreview }) => ({
      id: asId("conversation", id),
      channelKind: channel.kind as ChannelKind,
      lastMessageAt,
      preview: lastMessagePreview,
    })),
  };
};

/** Families share a number, and so does a typing mistake. */
const readSharers = async (tx: Tx, { clubId, contactId }: Scope, keys: readonly string[]): Promise<PersonDetail["sharedWith"]> => {
  const where = {
    clubId,
    contactId: { not: contactId },
    archivedAt: null,
    OR: [{ phoneKey: { in: [...keys] } }, { emailKey: { in: [...keys] } }],
  };
  const select = { contactId: true, firstName: true, lastName: true, phoneKey: true } as const;
  const rows = [
    ...(await tx.db.member.findMany({ where, select, take: ROWS_MAX })),
    ...(await tx.db.prospect.findMany({ where, select, take: ROWS_MAX })),
  ];
  const known = new Map(
    rows.map((row) => [
      row.contactId,
      {
        contactId: asId("contact", row.contactId),
        name: `${row.firstName} ${row.lastName}`.trim() || "Unnamed",
        by: row.phoneKey !== null && keys.includes(row.phoneKey) ? ("phone" as const) : ("email" as const),
      },
    ]),
  );
  return [...known.values()].toSorted((left, right) => left.name.localeCompare(right.name));
};

const readHolds = async (tx: Tx, scope: Scope): Promise<PersonDetail["holds"]> => {
  const rows = await tx.db.billingHold.findMany({
    where: { ...scope, releasedAt: null, OR: [{ until: null }, { until: { gt: tx.now } }] },
    orderBy: [{ since: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: { id: true, kind: true, reason: true, since: true, until: true, placedBy: true },
  });
  const names = await staffNames(
    tx,
    rows.map(({ placedBy }) => placedBy),
  );
  return rows.map(({ id, placedBy, ...hold }) => ({ ...hold, id: asId("billingHold", id), by: names.get(placedBy) ?? null }));
};

const readPromises = async (tx: Tx, scope: Scope): Promise<PersonDetail["promises"]> => {
  const rows = await tx.db.paymentPromise.findMany({
    where: { ...scope, status: "open" },
    orderBy: [{ promisedOn: "asc" }, { id: "asc" }],
    take: ROWS_MAX,
    select: { id: true, promisedOn: true, amountMinor: true, currency: true },
  });
  return rows.map(({ amountMinor, id, ...row }) => ({
    ...row,
    id: asId("paymentPromise", id),
    amountMinor: amountMinor === null ? null : `${amountMinor}`,
  }));
};
