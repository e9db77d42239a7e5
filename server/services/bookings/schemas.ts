import { z } from "zod";

import type { ConnectorFailure } from "#server/connectors/errors.ts";
import type { BookingKind, VendorBooking } from "#server/connectors/acts.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";

export const SyncBookingsInput = z.object({ connectionId: idSchema("connection") });

export const ListBookingsInput = z.object({
  contactId: idSchema("contact"),
  /** `upcoming`: what has not ended, soonest first; `past`: the rest, latest first. */
  view: z.enum(["upcoming", "past"]).default("upcoming"),
  limit: z.int().min(1).max(50).default(20),
  cursor: z.string().optional(),
});

export const FindRunningBookingInput = z.object({ place: z.string().trim().min(1).max(80) });

export type BookingCounts = {
  readonly createdCount: number;
  readonly changedCount: number;
  readonly cancelledCount: number;
  readonly unchangedCount: number;
};

export type BookingSyncResult =
  | ({ readonly kind: "synced" } & BookingCounts)
  | { readonly kind: "failed"; readonly failure: ConnectorFailure }
  /** This connection, with the settings it has, shows no bookings. */
  | { readonly kind: "none" };

export type BookingRow = {
  readonly id: Id<"booking">;
  readonly kind: BookingKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place: string | null;
  readonly staffName: string | null;
  readonly status: VendorBooking["status"];
  readonly personName: string | null;
  readonly contactId: Id<"contact"> | null;
  readonly memberId: Id<"member"> | null;
};

/** Columns of a `BookingRow`. */
export const BOOKING_COLUMNS = {
  id: true,
  kind: true,
  title: true,
  startsAt: true,
  endsAt: true,
  place: true,
  staffName: true,
  status: true,
  personName: true,
  contactId: true,
  memberId: true,
} as const;

type StoredRow = { readonly [Key in keyof BookingRow]: BookingRow[Key] extends Date ? Date : string | null };

/** The checks of the table keep the words closed. */
export const toBookingRow = (row: StoredRow & { readonly title: string; readonly kind: string; readonly status: string }): BookingRow =>
  row as BookingRow;
