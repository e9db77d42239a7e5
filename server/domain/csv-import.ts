import { z } from "zod";

import { MEMBER_STATUSES, type MemberStatus } from "#server/domain/vocabulary.ts";

/** What a table of people or of bookings may say, and how it is said. Shared by the screen that asks and the verb that stores. */

export const IMPORT_FIELDS = [
  "memberNumber",
  "firstName",
  "lastName",
  "fullName",
  "phone",
  "email",
  "status",
  "membershipType",
  "balance",
  "trainingBalance",
  "joinedOn",
  "dateOfBirth",
  "lastVisit",
  "state",
  "zip",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export const DATE_ORDERS = ["ymd", "mdy", "dmy"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Countries whose numbers may stand without a prefix: those with clubs, and their neighbours. */
export const PHONE_COUNTRIES = ["US", "CA", "GB", "IE", "AU", "NZ", "DE", "ES", "FR", "MX"] as const;
export type PhoneCountry = (typeof PHONE_COUNTRIES)[number];

export const WORD_MEANINGS = [...MEMBER_STATUSES, "prospect"] as const;
export type WordMeaning = MemberStatus | "prospect";

/** More kinds of standing than this in one column are no standings, but another column. */
export const STATUS_WORDS_MAX_COUNT = 40;
const WORD_MAX_LENGTH = 80;
export const COLUMNS_MAX_COUNT = 100;

const columnIndex = z.int().min(0).max(COLUMNS_MAX_COUNT);

const wordsFor = <const Meaning extends string>(meanings: readonly Meaning[]) =>
  z
    .record(z.string().max(WORD_MAX_LENGTH), z.enum(meanings))
    .refine((words) => Object.keys(words).length <= STATUS_WORDS_MAX_COUNT, "too many words for one column");

export const MemberMapping = z.object({
  /** Which column (from 0) holds what; a field that is not named is not in the table. */
  columns: z.partialRecord(z.enum(IMPORT_FIELDS), columnIndex),
  dateOrder: z.enum(DATE_ORDERS),
  decimal: z.enum(["point", "comma"]),
  country: z.enum(PHONE_COUNTRIES),
  /** What each word of the status column means, in lower case. */
  statusWords: wordsFor(WORD_MEANINGS),
  /** Where no column tells it: whether these are members or prospects. */
  defaultKind: z.enum(["member", "prospect"]),
});
export type MemberMapping = z.output<typeof MemberMapping>;

export const BOOKING_FIELDS = [
  "bookingId",
  "kind",
  "title",
  "date",
  "start",
  "end",
  "minutes",
  "place",
  "staff",
  "status",
  "memberNumber",
  "email",
  "phone",
  "name",
] as const;
export type BookingField = (typeof BOOKING_FIELDS)[number];

/** As the table of bookings knows them. */
export const BOOKED_KINDS = ["class", "appointment", "bay"] as const;
export type BookedKind = (typeof BOOKED_KINDS)[number];
export const BOOKED_STATUSES = ["booked", "cancelled", "attended", "no_show"] as const;
export type BookedStatus = (typeof BOOKED_STATUSES)[number];

export const BookingMapping = z.object({
  /** Tells it from a table of people. */
  table: z.literal("bookings"),
  columns: z.partialRecord(z.enum(BOOKING_FIELDS), columnIndex),
  dateOrder: z.enum(DATE_ORDERS),
  country: z.enum(PHONE_COUNTRIES),
  /** What each word of the column means, in lower case. */
  kindWords: wordsFor(BOOKED_KINDS),
  statusWords: wordsFor(BOOKED_STATUSES),
  /** Where no column tells it. */
  defaultKind: z.enum(BOOKED_KINDS),
});
export type BookingMapping = z.output<typeof BookingMapping>;

export const ImportMapping = z.union([BookingMapping, MemberMapping]);
export type ImportMapping = z.output<typeof ImportMapping>;

export const IMPORT_KINDS = ["members", "bookings"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const importKindOf = (mapping: ImportMapping): ImportKind => ("table" in mapping ? mapping.table : "members");

export const IMPORT_STATUSES = ["uploaded", "running", "finished", "cancelled"] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export type ImportCounts = {
  readonly createdCount: number;
  readonly changedCount: number;
  readonly unchangedCount: number;
  readonly mergedCount: number;
  readonly refusedCount: number;
};

export type RowOutcome = "created" | "changed" | "unchanged" | "merged" | "refused";
