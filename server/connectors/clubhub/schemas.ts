import { z } from "zod";

import { PAGE_SIZE_DEFAULT } from "./limits.ts";

/** The service behind the app is no interface for programs: off until an owner says so. */
export const ClubHubSwitch = z.object({ appService: z.enum(["on", "off"]).default("off") });

/** Where the club app keeps a consent, by the club's own word: no such field is known. */
export type ConsentField = {
  readonly field: string;
  /** The field that tells since when: a consent without its date is none. */
  readonly dateField: string;
  readonly purpose: "transactional" | "billing" | "marketing";
  readonly channel: "sms" | "email";
};

const CONSENT_FIELD = /^(\w+)@(\w+):(transactional|billing|marketing):(sms|email)$/;

/** `field@dateField:purpose:channel`, several with commas between them. */
const ConsentFields = z
  .string()
  .default("")
  .transform((text, context): readonly ConsentField[] =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .flatMap((part) => {
        const [, field, dateField, purpose, channel] = CONSENT_FIELD.exec(part) ?? [];
        if (field === undefined || dateField === undefined) {
          context.addIssue({ code: "custom", message: "not of the form field@dateField:purpose:channel" });
          return [];
        }
        return [{ field, dateField, purpose: purpose as ConsentField["purpose"], channel: channel as ConsentField["channel"] }];
      }),
  );

export const ClubHubAccount = z.object({
  username: z.string().min(1),
  password: z.string().min(1),
  clubId: z.string().regex(/^\d+$/),
  /** IANA zone for times that the vendor writes without one. */
  timeZone: z.string().min(1).default("UTC"),
  pageSize: z.coerce.number().int().min(10).max(PAGE_SIZE_DEFAULT).default(PAGE_SIZE_DEFAULT),
  /** `none` = do not ask for single visits. */
  visits: z.enum(["recent", "none"]).default("recent"),
  consentFields: ConsentFields,
});

export type ClubHubAccount = z.output<typeof ClubHubAccount>;

export const SessionState = z.object({
  /** Hash of the account the rest belongs to; another account starts anew. */
  accountHash: z.string(),
  accessToken: z.string().nullable(),
  expiresAtMs: z.number().nullable(),
  loginAttemptsMs: z.array(z.number()),
  refusedAtMs: z.number().nullable(),
});

export type SessionState = z.output<typeof SessionState>;

/** Where the next page begins. */
export const Cursor = z.object({
  version: z.literal(1),
  list: z.enum(["members", "prospects"]),
  page: z.number().int().min(1),
  pageSize: z.number().int().min(1),
  pass: z.number().int().min(1),
  /** The last person of the page before, to notice that the list has shifted since. */
  lastId: z.string().nullable(),
  /** The last person of the page before that. */
  olderId: z.string().nullable().default(null),
  hasShifted: z.boolean(),
});

export type Cursor = z.output<typeof Cursor>;

export const LoginAnswer = z.looseObject({ accessToken: z.string().min(1) });
export const TokenClaims = z.looseObject({ exp: z.number() });

const Id = z.union([z.number().int(), z.string().min(1)]).transform(String);
const Text = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null);
const Decimal = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

/** Loose on what we do not use; a member without an id or with a strange name is a change of the vendor's. */
export const MemberRow = z.looseObject({
  id: Id,
  prospect: z.boolean().nullish(),
  firstName: Text,
  lastName: Text,
  state: Text,
  zip: Text,
  country: Text,
  homePhone: Text,
  mobilePhone: Text,
  email: Text,
  created: Text,
  lastVisit: Text,
  dateOfBirth: Text,
  contractTypes: z.array(z.union([z.string(), z.number().transform(String)])).nullish(),
  statusMessage: z.string().nullable(),
});

export type MemberRow = z.output<typeof MemberRow>;

export const MemberPage = z.array(MemberRow);

export const Agreement = z.looseObject({ amountPastDue: Decimal.nullable(), agreementType: Text });

export const UsagePage = z.array(z.looseObject({ date: z.string().min(1) }));

/** The answer to a ban, as captured. */
export const BanAnswer = z.looseObject({ isBanned: z.literal(true) });

/** How bans are read was never captured: one object as in the answer to a ban, or a list of such. A guess. */
export const BanState = z
  .union([z.looseObject({ isBanned: z.boolean() }).transform((ban) => [ban]), z.array(z.looseObject({ isBanned: z.boolean() }))])
  .transform((bans) => bans.some(({ isBanned }) => isBanned));

/** The answer to a note was never captured: it names the note by its number or repeats it. A guess. */
export const NoteAnswer = z
  .looseObject({ id: Id.nullish(), note: z.string().nullish() })
  .refine(({ id, note }) => id != null || note != null, "neither the number of the note nor its text");
