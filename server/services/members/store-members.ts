import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { linkContacts } from "#server/services/members/link-contacts.ts";
import { contactNames, incomingOf, memberFields, type Incoming } from "#server/services/members/records.ts";

type Input = {
  readonly connectionId: string;
  readonly people: readonly VendorMember[];
  /** Vendor ids of people whose balance could not be read just now. */
  readonly hasNoBalance: ReadonlySet<string>;
};

export type StoreCounts = { readonly createdCount: number; readonly changedCount: number };

/** Writes members that are new or changed and leaves all others untouched. */
export const storeMembers = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, people, hasNoBalance }: Input,
): Promise<StoreCounts> => {
  const externalIds = people.map(({ externalId }) => externalId);
  const known = await knownMembers(tx, ctx, { connectionId, externalIds });
  const incoming = people
    .map((person) => incomingOf(person, { known: known.get(person.externalId) ?? null, hasFailed: hasNoBalance.has(person.externalId) }))
    .filter(({ person, sourceHash }) => known.get(person.externalId)?.sourceHash !== sourceHash);
  if (incoming.length === 0) {
    return { createdCount: 0, changedCount: 0 };
  }
  const fresh = incoming.filter(({ person }) => !known.has(person.externalId));
  const former = await takeOverProspects(tx, ctx, { connectionId, externalIds: fresh.map(({ person }) => person.externalId) });
  const contactOf = await linkContacts(
    tx,
    ctx,
    incoming.map(({ person }) => ({ person, contactId: known.get(person.externalId)?.contactId ?? former.get(person.externalId) ?? null })),
  );
  await tx.db.member.createMany({
    data: fresh.map((one) => ({
      id: newId("member"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      connectionId,
      externalId: one.person.externalId,
      contactId: contactOf(one.person.externalId),
      ...memberFields(one, tx.now),
      createdAt: tx.now,
    })),
  });
  for (const one of incoming) {
    const row = known.get(one.person.externalId);
    if (row !== undefined) {
      await updateMember(tx, ctx, { row, incoming: one });
    }
  }
  return { createdCount: fresh.length, changedCount: incoming.length - fresh.length };
};

type KnownMember = Awaited<ReturnType<typeof knownMembers>> extends ReadonlyMap<string, infer Row> ? Row : never;

const knownMembers = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, externalIds }: { readonly connectionId: string; readonly externalIds: readonly string[] },
) => {
  const rows = await tx.db.member.findMany({
    where: { clubId: ctx.clubId, connectionId, externalId: { in: [...externalIds] } },
    select: {
      id: true,
      externalId: true,
      contactId: true,
      sourceHash: true,
      firstName: true,
      lastName: true,
      status: true,
      balanceMinor: true,
      currency: true,
      membershipType: true,
    },
  });
  return new Map(rows.map((row) => [row.externalId, row]));
};

/** A prospect who has joined keeps the contact and leaves the list of prospects. Returns their contacts by vendor id. */
const takeOverProspects = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, externalIds }: { readonly connectionId: string; readonly externalIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> => {
  const where = { clubId: ctx.clubId, connectionId, externalId: { in: [...externalIds] } };
  const rows = await tx.db.prospect.findMany({ where, select: { externalId: true, contactId: true } });
  if (rows.length > 0) {
    await tx.db.prospect.updateMany({ where: { ...where, archivedAt: null }, data: { archivedAt: tx.now, updatedAt: tx.now } });
  }
  return new Map(rows.map(({ externalId, contactId }) => [externalId, contactId]));
};

const updateMember = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { row, incoming }: { readonly row: KnownMember; readonly incoming: Incoming },
): Promise<void> => {
  const { person } = incoming;
  await tx.db.member.updateMany({ where: { id: row.id, clubId: ctx.clubId }, data: memberFields(incoming, tx.now) });
  if (person.firstName !== row.firstName || person.lastName !== row.lastName) {
    // A name that people have corrected in the inbox is not that of the vendor any more, and stays.
    await tx.db.contact.updateMany({
      where: { id: row.contactId, clubId: ctx.clubId, firstName: row.firstName || null, lastName: row.lastName || null },
      data: { ...contactNames(person), updatedAt: tx.now },
    });
  }
};
