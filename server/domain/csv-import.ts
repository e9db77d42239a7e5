import { z } from "zod";

import { MEMBER_STATUSES, type MemberStatus } from "#server/domain/vocabulary.ts";

/** What a table of people may say, and how it is said. Shared by the screen that asks and the verb that stores. */

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

export const MemberMapping = z.object({
  /** Which column (from 0) holds what; a field that is not named is not in the table. */
  columns: z.partialRecord(z.enum(IMPORT_FIELDS), columnIndex),
  dateOrder: z.enum(DATE_ORDERS),
  decimal: z.enum(["point", "comma"]),
  country: z.enum(PHONE_COUNTRIES),
  /** What each word of the status column means, in lower case. */
  statusWords: z
    .record(z.string().max(WORD_MAX_LENGTH), z.enum(WORD_MEANINGS))
    .refine((words) => Object.keys(words).length <= STATUS_WORDS_MAX_COUNT, "too many words for a status"),
  /** Where no column tells it: whether these are members or prospects. */
  defaultKind: z.enum(["member", "prospect"]),
});
export type MemberMapping = z.output<typeof MemberMapping>;

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
