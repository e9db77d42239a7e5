import "server-only";

import type { VendorBooking } from "#server/connectors/acts.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

export type BookedPerson = { readonly contactId: string; readonly memberId: string | null };

/** A file may know a person by phone as well (E.164). */
export type NamedBooking = VendorBooking & { readonly personPhone?: string | null };

type Input = { readonly connectionId: string | null; readonly bookings: readonly NamedBooking[] };

/**
 * Finds whose bookings these are: by the vendor's id of the person, else by an e-mail address that exactly one contact
 * has, else by a phone that only one person has. The ids of a file may be those of any source of the club; two people of
 * one id are nobody. Nobody is guessed by name. Answers by the booking's `externalId`.
 */
export const linkPeople = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, bookings }: Input,
): Promise<ReadonlyMap<string, BookedPerson>> => {
  const byId = await peopleById(tx, ctx, { connectionId, bookings });
  const unknown = bookings.filter(({ personExternalId }) => personExternalId === null || !byId.has(personExternalId));
  const byEmail = await peopleByEmail(tx, ctx, unknown);
  const byPhone = await peopleByPhone(tx, ctx, unknown);
  return new Map(
    bookings.flatMap(({ externalId, personExternalId, personEmail, personPhone = null }) => {
      const person =
        byId.get(personExternalId ?? "") ?? byEmail.get(emailKeyOf(personEmail) ?? "") ?? byPhone.get(phoneKeyOf(personPhone) ?? "");
      return person === undefined ? [] : [[externalId, person] as const];
    }),
  );
};

const peopleById = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, bookings }: Input,
): Promise<ReadonlyMap<string, BookedPerson>> => {
  const ids = unique(bookings.map((one) => one.personExternalId));
  const rows = await tx.db.memberIdentity.findMany({
    where: { clubId: ctx.clubId, ...(connectionId === null ? {} : { connectionId }), archivedAt: null, externalId: { in: ids } },
    select: {
      externalId: true,
      member: { select: { id: true, contactId: true } },
      prospect: { select: { contactId: true } },
    },
  });
  return onlyOnes(
    rows.flatMap(({ externalId, member, prospect }) => {
      const contactId = member?.contactId ?? prospect?.contactId;
      return contactId === undefined ? [] : [[externalId, { contactId, memberId: member?.id ?? null }] as const];
    }),
  );
};

/** Leaves out every key that people of several contacts have; of several members of one contact none is named. */
const onlyOnes = (entries: readonly (readonly [string, BookedPerson])[]): ReadonlyMap<string, BookedPerson> =>
  new Map(
    [...Map.groupBy(entries, ([key]) => key)].flatMap(([key, found]) => {
      const [contactId, ...others] = new Set(found.map(([, person]) => person.contactId));
      const memberIds = unique(found.map(([, person]) => person.memberId));
      const memberId = memberIds.length === 1 ? (memberIds[0] ?? null) : null;
      return contactId === undefined || others.length > 0 ? [] : [[key, { contactId, memberId }] as const];
    }),
  );

/** A family may share a phone, of which the address book names one: whoever says it is theirs counts. */
const peopleByPhone = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  bookings: readonly NamedBooking[],
): Promise<ReadonlyMap<string, BookedPerson>> => {
  const keys = unique(bookings.map(({ personPhone = null }) => phoneKeyOf(personPhone)));
  if (keys.length === 0) {
    return new Map();
  }
  const where = { clubId: ctx.clubId, phoneKey: { in: keys }, archivedAt: null };
  const select = { id: true, contactId: true, phoneKey: true } as const;
  const members = await tx.db.member.findMany({ where, select });
  const prospects = await tx.db.prospect.findMany({ where, select });
  const contacts = await contactsByAddress(tx, ctx, { channelKind: "sms", keys });
  return onlyOnes([
    ...members.map(({ id, contactId, phoneKey }) => [phoneKey ?? "", { contactId, memberId: id }] as const),
    ...prospects.map(({ contactId, phoneKey }) => [phoneKey ?? "", { contactId, memberId: null }] as const),
    ...contacts,
  ]);
};

const peopleByEmail = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  bookings: readonly NamedBooking[],
): Promise<ReadonlyMap<string, BookedPerson>> => {
  const keys = unique(bookings.map(({ personEmail }) => emailKeyOf(personEmail)));
  return keys.length === 0 ? new Map() : onlyOnes(await contactsByAddress(tx, ctx, { channelKind: "email", keys }));
};

type Addressed = { readonly channelKind: "sms" | "email"; readonly keys: readonly string[] };

/** An address belongs to one contact; which members that contact has is looked up beside it. */
const contactsByAddress = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { channelKind, keys }: Addressed,
): Promise<readonly (readonly [string, BookedPerson])[]> => {
  const rows = await tx.db.contactIdentity.findMany({
    where: { clubId: ctx.clubId, channelKind, addressKey: { in: [...keys] } },
    select: { addressKey: true, contact: { select: { id: true, members: { where: { archivedAt: null }, select: { id: true } } } } },
  });
  return rows.flatMap(({ addressKey: key, contact: { id: contactId, members } }) => {
    const memberIds = members.length === 0 ? [null] : members.map(({ id }) => id);
    return memberIds.map((memberId) => [key, { contactId, memberId }] as const);
  });
};

const emailKeyOf = (email: string | null): string | null => (email === null ? null : addressKey(email.trim().toLowerCase()));

const phoneKeyOf = (phone: string | null): string | null => (phone === null ? null : addressKey(phone));

const unique = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
