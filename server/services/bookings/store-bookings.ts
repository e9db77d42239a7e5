import "server-only";

import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { linkPeople, type BookedPerson, type NamedBooking } from "./link-people.ts";
import { placeKey } from "./place-key.ts";
import type { BookingCounts } from "./schemas.ts";

export type BookingSource = {
  /** `null` for an uploaded file. */
  readonly connectionId: string | null;
  readonly bookings: readonly NamedBooking[];
  /** Given when `bookings` is everything that begins in it: what is known there and was not named is cancelled. */
  readonly window?: { readonly from: Date; readonly to: Date };
};

type WrittenBooking = {
  readonly outcome: "created" | "changed" | "unchanged";
  /** Whether we know whose it is. */
  readonly isLinked: boolean;
};

type Written = {
  /** By the booking's `externalId`. */
  readonly rows: ReadonlyMap<string, WrittenBooking>;
  readonly cancelledCount: number;
};

/** `writeBookings`, answered in numbers. */
export const storeBookings = async (tx: ServiceTx, ctx: ServiceContext, source: BookingSource): Promise<BookingCounts> => {
  const { rows, cancelledCount } = await writeBookings(tx, ctx, source);
  const count = (wanted: WrittenBooking["outcome"]): number => [...rows.values()].filter(({ outcome }) => outcome === wanted).length;
  return { createdCount: count("created"), changedCount: count("changed"), cancelledCount, unchangedCount: count("unchanged") };
};

/**
 * Writes bookings that are new or changed, leaves all others untouched, and cancels those that have vanished from the
 * window. Part of the caller's transaction, which records the audit. A booking named twice counts as named last.
 */
export const writeBookings = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, bookings, window }: BookingSource,
): Promise<Written> => {
  const source = connectionId ?? "file";
  // Two readers of one source would each find the same booking missing.
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.clubId}|bookings|${source}`}, 0))`;
  const named = [...new Map(bookings.map((booking) => [booking.externalId, booking])).values()];
  const people = await linkPeople(tx, ctx, { connectionId, bookings: named });
  const where = { clubId: ctx.clubId, connectionId };
  const rows = await tx.db.booking.findMany({
    where: { ...where, externalId: { in: named.map(({ externalId }) => externalId) } },
    select: { id: true, externalId: true, sourceHash: true },
  });
  const known = new Map(rows.map((row) => [row.externalId, row]));
  const incoming = named.map((booking) => fieldsOf(booking, people.get(booking.externalId) ?? null));
  const fresh = incoming.filter(({ externalId }) => !known.has(externalId));
  const changed = incoming.filter(({ externalId, sourceHash }) => (known.get(externalId)?.sourceHash ?? sourceHash) !== sourceHash);
  await tx.db.booking.createMany({
    data: fresh.map((fields) => ({
      id: newId("booking"),
      franchiseId: ctx.franchiseId,
      ...where,
      ...fields,
      readAt: tx.now,
      createdAt: tx.now,
      updatedAt: tx.now,
    })),
  });
  for (const fields of changed) {
    await tx.db.booking.updateMany({
      where: { ...where, externalId: fields.externalId },
      data: { ...fields, readAt: tx.now, updatedAt: tx.now },
    });
  }
  const cancelledCount =
    window === undefined ? 0 : await cancelVanished(tx, ctx, { connectionId, window, externalIds: named.map((one) => one.externalId) });
  const outcomeOf = (externalId: string, sourceHash: string): WrittenBooking["outcome"] => {
    const before = known.get(externalId);
    return before === undefined ? "created" : before.sourceHash === sourceHash ? "unchanged" : "changed";
  };
  const written = incoming.map(
    ({ externalId, sourceHash, contactId }) =>
      [externalId, { outcome: outcomeOf(externalId, sourceHash), isLinked: contactId !== null }] as const,
  );
  return { rows: new Map(written), cancelledCount };
};

type Vanished = Required<Pick<BookingSource, "connectionId" | "window">> & { readonly externalIds: readonly string[] };

/** The hash is emptied with it, so that a booking which comes back is written again. */
const cancelVanished = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, window, externalIds }: Vanished): Promise<number> => {
  const { count } = await tx.db.booking.updateMany({
    where: {
      clubId: ctx.clubId,
      connectionId,
      status: { not: "cancelled" },
      startsAt: { gte: window.from, lt: window.to },
      externalId: { notIn: [...externalIds] },
    },
    data: { status: "cancelled", sourceHash: "", readAt: tx.now, updatedAt: tx.now },
  });
  return count;
};

const fieldsOf = (booking: NamedBooking, person: BookedPerson | null) => {
  const { externalId, kind, title, startsAt, endsAt, place, staffName, status, personExternalId, personName, personEmail } = booking;
  const fields = {
    kind,
    title,
    startsAt,
    endsAt,
    place,
    placeKey: place === null ? null : placeKey(place),
    staffName,
    status,
    personExternalId,
    personName,
    personEmail,
    contactId: person?.contactId ?? null,
    memberId: person?.memberId ?? null,
  };
  return { externalId, ...fields, sourceHash: sha256(JSON.stringify(Object.values(fields))) };
};
