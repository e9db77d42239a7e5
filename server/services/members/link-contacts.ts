import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { contactNames } from "#server/services/members/records.ts";
import { isSamePerson, personKey, type KnownContact } from "#server/services/members/same-person.ts";

export type Linkee = {
  readonly person: VendorMember;
  /** The contact it belongs to already, whose addresses may have changed. */
  readonly contactId: string | null;
};

/**
 * Finds or makes the contact of each person and claims addresses nobody has: an address belongs to the contact that
 * had it first. People with one address and different names stay different people.
 * Returns the contact's id by the vendor's id of the person, for each person that was given.
 */
export const linkContacts = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  people: readonly Linkee[],
): Promise<(externalId: string) => string> => {
  const addresses = people.flatMap(({ person }) => addressesOf(person));
  await lockAddresses(tx, ctx, addresses);
  const owners = await ownersOf(tx, ctx, addresses);
  const shared = sharedIn(people.map(({ person }) => person));
  const links = new Map<string, string>();
  const contacts: Prisma.ContactCreateManyInput[] = [];
  const identities: Prisma.ContactIdentityCreateManyInput[] = [];
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
  for (const { person, contactId } of people) {
    const own = addressesOf(person);
    const match =
      contactId === null
        ? own.map((address) => owners.get(slot(address))).find((owner) => owner !== undefined && isSamePerson(owner, person, shared))
        : undefined;
    const id = contactId ?? match?.id ?? newId("contact");
    links.set(person.externalId, id);
    if (contactId === null && match === undefined) {
      contacts.push({
        id,
        ...scope,
        ...contactNames(person),
        state: person.state,
        postalCode: person.zip,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
    }
    if (match !== undefined && match.lastName === null) {
      await nameContact(tx, ctx, { id, person });
    }
    const known: KnownContact = {
      id,
      ...contactNames(person),
      birthDates: [...(match?.birthDates ?? []), ...(person.dateOfBirth === null ? [] : [person.dateOfBirth])],
    };
    for (const address of own) {
      const owner = owners.get(slot(address));
      if (owner === undefined) {
        identities.push({ id: newId("contactIdentity"), ...scope, contactId: id, ...address, createdAt: tx.now });
      }
      if (owner === undefined || owner.id === id) {
        owners.set(slot(address), known);
      }
    }
  }
  await tx.db.contact.createMany({ data: contacts });
  await tx.db.contactIdentity.createMany({ data: identities });
  return (externalId) => {
    const contactId = links.get(externalId);
    if (contactId === undefined) {
      throw new RangeError("this person was not linked");
    }
    return contactId;
  };
};

type Address = { readonly channelKind: "sms" | "email"; readonly address: string; readonly addressKey: string };

const addressesOf = ({ phone, email }: VendorMember): readonly Address[] => [
  ...(phone === null ? [] : [{ channelKind: "sms" as const, address: phone, addressKey: addressKey(phone) }]),
  ...(email === null ? [] : [{ channelKind: "email" as const, address: email, addressKey: addressKey(email) }]),
];

const slot = ({ channelKind, addressKey: key }: Pick<Address, "channelKind" | "addressKey">): string => `${channelKind}|${key}`;

/** The same lock under which a first message makes its contact (messages/find-place.ts), in an order of its own to avoid deadlocks among syncs. */
const lockAddresses = async (tx: ServiceTx, ctx: ServiceContext, addresses: readonly Address[]): Promise<void> => {
  const names = [...new Set(addresses.map((address) => `${ctx.clubId}|${slot(address)}`))].toSorted();
  if (names.length > 0) {
    await tx.db
      .$executeRaw`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${names}::text[]) with ordinality as names(name, place) order by place`;
  }
};

const ownersOf = async (tx: ServiceTx, ctx: ServiceContext, addresses: readonly Address[]): Promise<Map<string, KnownContact>> => {
  const rows = await tx.db.contactIdentity.findMany({
    where: {
      clubId: ctx.clubId,
      channelKind: { in: ["sms", "email"] },
      addressKey: { in: [...new Set(addresses.map((address) => address.addressKey))] },
    },
    select: {
      channelKind: true,
      addressKey: true,
      contact: { select: { id: true, firstName: true, lastName: true, displayName: true, members: { select: { dateOfBirth: true } } } },
    },
  });
  return new Map(
    rows.map(({ channelKind, addressKey: key, contact: { members, ...contact } }) => [
      `${channelKind}|${key}`,
      { ...contact, birthDates: members.flatMap(({ dateOfBirth }) => dateOfBirth ?? []) },
    ]),
  );
};

/** Addresses that several people of the page have: a message from there does not tell who wrote it. */
const sharedIn = (people: readonly VendorMember[]): ReadonlySet<string> => {
  const firsts = new Map<string, string>();
  const shared = new Set<string>();
  for (const person of people) {
    for (const { address } of addressesOf(person)) {
      const name = personKey(person);
      if ((firsts.get(address) ?? name) !== name) {
        shared.add(address);
      }
      firsts.set(address, name);
    }
  }
  return shared;
};

/** Somebody who had only written so far turns out to be this person. */
const nameContact = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { id, person }: { readonly id: string; readonly person: VendorMember },
): Promise<void> => {
  await tx.db.contact.updateMany({
    where: { id, clubId: ctx.clubId, lastName: null },
    data: { ...contactNames(person), state: person.state, postalCode: person.zip, updatedAt: tx.now },
  });
};
