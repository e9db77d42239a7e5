import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { isLeading, mergedAddresses, type MemberRecord, type ProspectRecord, type Source } from "#server/services/members/identities.ts";
import { addressFields, contactNames, memberFields, nameFields, type Incoming } from "#server/services/members/records.ts";

type Input = { readonly source: Source; readonly incoming: Incoming; readonly record: MemberRecord | ProspectRecord };

export const isMember = (record: MemberRecord | ProspectRecord): record is MemberRecord => "status" in record;

/** Brings a row up to date with what a source says: all of it where the source leads, missing addresses and training where it does not. */
export const writeRecord = async (tx: ServiceTx, ctx: ServiceContext, { source, incoming, record }: Input): Promise<void> => {
  const { person } = incoming;
  const { externalId } = person;
  const where = { id: record.id, clubId: ctx.clubId };
  const isLeader = isMember(record) === (person.kind === "member") && isLeading(record, { source, externalId });
  const addresses = mergedAddresses(record, { source, externalId, person, isLeader });
  if (!isLeader) {
    if (isMember(record) && person.trainingBalanceMinor !== undefined) {
      // No other source knows what is owed for training.
      await tx.db.member.updateMany({ where, data: { trainingBalanceMinor: person.trainingBalanceMinor, updatedAt: tx.now } });
    }
    if (addresses.phone !== record.phone || addresses.email !== record.email) {
      const data = { ...addressFields(addresses), updatedAt: tx.now };
      await (isMember(record) ? tx.db.member.updateMany({ where, data }) : tx.db.prospect.updateMany({ where, data }));
    }
    return;
  }
  const led = { connectionId: source.connectionId, externalId, archivedAt: null, ...addressFields(addresses) };
  await (isMember(record)
    ? tx.db.member.updateMany({ where, data: { ...memberFields(incoming, tx.now), ...led } })
    : tx.db.prospect.updateMany({ where, data: { ...nameFields(incoming), ...led, updatedAt: tx.now } }));
  if (person.firstName !== record.firstName || person.lastName !== record.lastName) {
    // A name that people have corrected in the inbox is not that of the vendor any more, and stays.
    await tx.db.contact.updateMany({
      where: { id: record.contactId, clubId: ctx.clubId, firstName: record.firstName || null, lastName: record.lastName || null },
      data: { ...contactNames(person), updatedAt: tx.now },
    });
  }
};
