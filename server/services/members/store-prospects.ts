import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { linkContacts } from "#server/services/members/link-contacts.ts";
import { contactNames, incomingOf, personFields } from "#server/services/members/records.ts";
import type { StoreCounts } from "#server/services/members/store-members.ts";

type Input = { readonly connectionId: string; readonly people: readonly VendorMember[] };

/** Writes prospects that are new or changed. Whoever is a member under the same id of the vendor is none. */
export const storeProspects = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, people }: Input): Promise<StoreCounts> => {
  if (people.length === 0) {
    return { createdCount: 0, changedCount: 0 };
  }
  const where = { clubId: ctx.clubId, connectionId, externalId: { in: people.map(({ externalId }) => externalId) } };
  const members = await tx.db.member.findMany({ where: { ...where, archivedAt: null }, select: { externalId: true } });
  const rows = await tx.db.prospect.findMany({
    where,
    select: { id: true, externalId: true, contactId: true, sourceHash: true, firstName: true, lastName: true },
  });
  const joined = new Set(members.map(({ externalId }) => externalId));
  const known = new Map(rows.map((row) => [row.externalId, row]));
  const incoming = people
    .filter(({ externalId }) => !joined.has(externalId))
    .map((person) => incomingOf(person, { known: null, hasFailed: false }))
    .filter(({ person, sourceHash }) => known.get(person.externalId)?.sourceHash !== sourceHash);
  const contactOf = await linkContacts(
    tx,
    ctx,
    incoming.map(({ person }) => ({ person, contactId: known.get(person.externalId)?.contactId ?? null })),
  );
  const fresh = incoming.filter(({ person }) => !known.has(person.externalId));
  await tx.db.prospect.createMany({
    data: fresh.map((one) => ({
      id: newId("prospect"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      connectionId,
      externalId: one.person.externalId,
      contactId: contactOf(one.person.externalId),
      ...personFields(one),
      createdOn: one.person.joinedOn,
      createdAt: tx.now,
      updatedAt: tx.now,
    })),
  });
  for (const one of incoming) {
    const row = known.get(one.person.externalId);
    if (row !== undefined) {
      await tx.db.prospect.updateMany({ where: { id: row.id, clubId: ctx.clubId }, data: { ...personFields(one), updatedAt: tx.now } });
      if (one.person.firstName !== row.firstName || one.person.lastName !== row.lastName) {
        await tx.db.contact.updateMany({
          where: { id: row.contactId, clubId: ctx.clubId, firstName: row.firstName || null, lastName: row.lastName || null },
          data: { ...contactNames(one.person), updatedAt: tx.now },
        });
      }
    }
  }
  return { createdCount: fresh.length, changedCount: incoming.length - fresh.length };
};
