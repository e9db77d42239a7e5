import "server-only";

import type { BookedKind, BookingField, BookingMapping } from "#server/domain/csv-import.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { NamedBooking } from "#server/services/bookings/link-people.ts";
import { placeKey } from "#server/services/bookings/place-key.ts";
import { readSpan } from "#server/services/imports/booking-times.ts";
import { readEach } from "#server/services/imports/read-each.ts";
import type { Table, TableRow } from "#server/services/imports/read-table.ts";
import { readEmail, readPhone, readWord, type Reading } from "#server/services/imports/values.ts";
import { isMadeId, MADE_ID_PREFIX } from "#server/services/members/identities.ts";

export type FileBooking = NamedBooking & { readonly personPhone: string | null };

export type BookingReadRow = TableRow & ({ readonly booking: FileBooking } | { readonly reason: string });

type Settings = { readonly mapping: BookingMapping; readonly timeZone: string };

/** What a booking is called that has no name of its own. */
const TITLES = { class: "Class", appointment: "Appointment", bay: "Bay" } as const satisfies Record<BookedKind, string>;

/** Each row as a booking, or with the reason why it is none. What stands there twice is refused the second time. */
export const readBookings = (table: Table, settings: Settings): readonly BookingReadRow[] =>
  readEach(table, { noun: "booking", idNoun: "booking number", read: (cells) => readRow(cells, settings) }).map((row) => {
    if ("reason" in row) {
      return row;
    }
    const { item: booking, ...place } = row;
    return { ...place, booking };
  });

const readRow = (
  cells: readonly string[],
  { mapping, timeZone }: Settings,
): { readonly item: FileBooking } | { readonly reason: string } => {
  const problems: string[] = [];
  const cellOf = (field: BookingField): string => cells[mapping.columns[field] ?? -1] ?? "";
  const take = <T>(reading: Reading<T>): T | null => {
    if ("problem" in reading) {
      problems.push(reading.problem);
      return null;
    }
    return reading.value;
  };
  const valueOf = <T>(field: BookingField, read: (cell: string) => Reading<T>): T | null => {
    const cell = cellOf(field);
    return cell === "" ? null : take(read(cell));
  };
  const kind = valueOf("kind", (cell) => readWord(cell, { words: mapping.kindWords, what: "kind" })) ?? mapping.defaultKind;
  const written = { date: cellOf("date"), start: cellOf("start"), end: cellOf("end"), minutes: cellOf("minutes") };
  const span = take(readSpan(written, { order: mapping.dateOrder, timeZone }));
  const said = {
    kind,
    title: cellOf("title") || TITLES[kind],
    place: cellOf("place") || null,
    staffName: cellOf("staff") || null,
    status: valueOf("status", (cell) => readWord(cell, { words: mapping.statusWords, what: "status" })) ?? ("booked" as const),
    personExternalId: cellOf("memberNumber") || null,
    personEmail: valueOf("email", readEmail),
    personPhone: valueOf("phone", (cell) => readPhone(cell, mapping.country)),
    personName: cellOf("name") || null,
  };
  if (PERSON_FIELDS.every((field) => cellOf(field) === "")) {
    problems.push("does not say who has booked");
  }
  const number = cellOf("bookingId");
  if (isMadeId(number)) {
    problems.push("this is no booking number");
  }
  if (span === null || problems.length > 0) {
    return { reason: problems.join("; ") };
  }
  const booking = { ...said, ...span };
  return { item: { ...booking, externalId: number || madeId(booking) } };
};

const PERSON_FIELDS = ["memberNumber", "email", "phone", "name"] as const satisfies readonly BookingField[];

/** The same row again is the same booking again: its end, its staff and its status may have changed meanwhile. */
const madeId = (said: Omit<FileBooking, "externalId">): string => {
  const who = said.personExternalId ?? said.personEmail ?? said.personPhone ?? said.personName?.toLowerCase();
  const place = said.place === null ? null : placeKey(said.place);
  return `${MADE_ID_PREFIX}${sha256(JSON.stringify([said.kind, said.title.toLowerCase(), said.startsAt, place, who])).slice(0, 32)}`;
};
