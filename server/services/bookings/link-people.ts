import "server-only";

import type { VendorBooking } from "#server/connectors/acts.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

export type BookedPerson = { readonly contactId: string; readonly memberId: string | null };

type Input = { readonly connectionId: string | null; readonly bookings: readonly VendorBooking[] };

/**
 * Finds whose bookings these are: by the vendor's id of the person, else by an e-mail address that exactly one contact
 * has. Nobody is guessed by name. Answers by the booking's `externalId`.
 */
export const linkPeople = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, bookings }: Input,
): Promise<ReadonlyMap<string, BookedPerson>> => {
  const byId = connectionId === null ? new Map<string, BookedPerson>() : await peopleById(tx, ctx, { connectionId, bookings });
  const unknown = bookings.filter(({ personExternalId }) => personExternalId === null || !byId.has(personExternalId));
  const byEmail = await peopleByEmail(tx, ctx, unknown);
  return new Map(
    bookings.flatMap(({ externalId, personExternalId, personEmail }) => {
      const person = byId.get(personExternalId ?? "") ?? byEmail.get(keyOf(personEmail) ?? "");
      return person === undefined ? [] : [[externalId, person] as const];
    }),
  );
};

const peopleById = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, bookings }: Input & { readonly connectionId: string },
): Promise<Map<string, BookedPerson>> => {
  const rows = await tx.db.memberIdentity.findMany({
    where: { clubId: ctx.clubId, connectionId, archivedAt: null, externalId: { in: unique(bookings.map((one) => one.personExternalId)) } },
    select: {
      externalId: true,
      member: { select: { id: true, contactId: true } },
      prospect: { select: { contactId: true } },
    },
  });
  return new Map(
    rows.flatMap(({ externalId, member, prospect }) => {
      const contactId = member?.contactId ?? prospect?.contactId;
      return contactId === undefined ? [] : [[externalId, { contactId, memberId: member?.id ?? null }] as const];
    }),
  );
};

/** An address belongs to one contact; whether that contact is one member is looked up beside it. */
const peopleByEmail = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  bookings: readonly VendorBooking[],
): Promise<Map<string, BookedPerson>> => {
  const keys = unique(bookings.map(({ personEmail }) => keyOf(personEmail)));
  if (keys.length === 0) {
    return new Map();
  }
  const rows = await tx.db.contactIdentity.findMany({
    where: { clubId: ctx.clubId, channelKind: "email", addressKey: { in: keys } },
    select: { addressKey: true, contact: { select: { id: true, members: { where: { archivedAt: null }, select: { id: true } } } } },
  });
  return new Map(
    rows.map(({ addressKey: key, contact }) => {
      const [member, ...others] = contact.members;
      return [key, { contactId: contact.id, memberId: others.length === 0 ? (member?.id ?? null) : null }];
    }),
  );
};

const keyOf = (email: string | null): string | null => (email === null ? null : addressKey(email.trim().toLowerCase()));

const unique = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
