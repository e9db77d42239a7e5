import { z } from "zod";

const Zone = z.string().min(1);
const Switch = z.enum(["on", "off"]);

/** Which surfaces are turned on. Everything but the keys, the passwords and the calendar's address is a plain setting. */
export const Surfaces = z.object({
  /** The staff site is no interface for programs: off until an owner says so. */
  staffSite: Switch.default("off"),
  /** Key of the official API V3. */
  apiKey: z.string().optional(),
  /** Name of the sign-in of the official API V1. */
  v1Username: z.string().optional(),
  /** Whoever has it reads the calendar. */
  calendarUrl: z.string().optional(),
  /** `off` where another connection of the club lists its people. */
  people: Switch.default("on"),
  /** Whether the staff site is asked for training clients and what they owe. */
  training: Switch.default("off"),
  timeZone: Zone,
});

export type Surfaces = z.output<typeof Surfaces>;

const Location = z.string().regex(/^\d+$/);

export const ApiAccount = z.object({ apiKey: z.string().min(1), locationId: Location, timeZone: Zone });
export type ApiAccount = z.output<typeof ApiAccount>;

export const OlderAccount = z.object({
  v1Username: z.string().min(1),
  v1Password: z.string().min(1),
  locationId: Location,
  timeZone: Zone,
});
export type OlderAccount = z.output<typeof OlderAccount>;

export const CalendarAccount = z.object({ calendarUrl: z.url({ protocol: /^https?$/ }), timeZone: Zone });
export type CalendarAccount = z.output<typeof CalendarAccount>;

/** The account and the inbox it reads. `ownerId` and `timeZone` are no secrets and may stand among the settings. */
export const ClubOsAccount = z.object({
  username: z.string().min(1),
  password: z.string().min(1),
  /** The staff user (or the club's own user) whose messages are listed. */
  ownerId: z.string().regex(/^\d+$/),
  /** IANA zone in which the site writes its times: the club's. */
  timeZone: z.string().min(1),
  /** How many days back a new connection reads, today included. */
  historyDays: z.coerce.number().int().min(1).max(90).optional(),
});

export type ClubOsAccount = z.output<typeof ClubOsAccount>;

const CalendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What a poll hands to the next one. Both id tables reach back to `floorDay` only. */
export const Cursor = z.object({
  version: z.literal(1),
  floorDay: CalendarDay,
  /** Hash of the short list when everything in it had been settled; `null` = look again. */
  bodyHash: z.string().nullable(),
  /** Items of the list that need no further look, by their day. */
  listedIds: z.record(CalendarDay, z.array(z.string())),
  /** Messages already handed out, by their day. */
  messageIds: z.record(CalendarDay, z.array(z.string())),
  /** Listed items whose line in the follow-up log is missing: item id → when it was first seen, in epoch ms. */
  pending: z.record(z.string(), z.number()),
});

export type Cursor = z.output<typeof Cursor>;

export const SessionState = z.object({
  /** Hash of the account the rest belongs to; another account starts anew. */
  accountHash: z.string(),
  /** The cookie jar as tough-cookie writes it; `null` = not signed in. */
  jar: z.string().nullable(),
  loginAttemptsMs: z.array(z.number()),
  refusedAtMs: z.number().nullable(),
  names: z.record(z.string(), z.object({ ids: z.array(z.string()), atMs: z.number() })),
});

export type SessionState = z.output<typeof SessionState>;

/** The JSON in a suggestion's `value` attribute. */
export const Suggestion = z.object({
  id: z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String),
  name: z.string().min(1),
});

export const TokenClaims = z.object({ delegatedUserId: z.union([z.string(), z.number()]).transform(String) });

/** What the follow-up form must hold before it may be posted back: the site stores these values over the member's own. */
export const FollowUpForm = z.looseObject({
  _sourcePage: z.string().min(1),
  __fp: z.string().min(1),
  "followUpLog.tfoUserId": z.string().min(1),
  "followUpUser.tfoUserId": z.string().min(1),
  "followUpUser.role.id": z.string().min(1),
  "followUpUser.clubId": z.string().min(1),
  "followUpUser.clubLocationId": z.string().min(1),
  "followUpUser.firstName": z.string(),
  "followUpUser.lastName": z.string(),
  "followUpUser.email": z.string(),
  "followUpUser.homePhone": z.string(),
  "followUpUser.mobilePhone": z.string(),
  "followUpUser.workPhone": z.string(),
});

const Id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);

/** Decimal dollars, as on the vendor's other surfaces (a guess), into cents. */
const Dollars = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .transform((dollars) => BigInt(Math.round(dollars * 100)));

/** One training package of the person the session acts as. */
export const PackageList = z.array(
  z.looseObject({ packageAgreement: z.looseObject({ id: Id, memberId: Id, agreementStatus: z.number().int() }) }),
);

/** The total goes by one of two names. */
export const PackageDetails = z.looseObject({
  include: z.looseObject({
    invoices: z.array(
      z
        .looseObject({ invoiceStatus: z.number().int(), invoiceTotal: Dollars.optional(), total: Dollars.optional() })
        .refine(({ invoiceTotal, total }) => invoiceTotal !== undefined || total !== undefined, "an invoice without its total")
        .transform(({ invoiceStatus, invoiceTotal, total }) => ({ invoiceStatus, totalMinor: invoiceTotal ?? total ?? 0n })),
    ),
  }),
});

/** Where the next page of people begins. */
export const PeopleCursor = z.discriminatedUnion("list", [
  z.object({
    version: z.literal(1),
    list: z.literal("official"),
    page: z.number().int().min(0),
    pass: z.number().int().min(1),
    /** How many there were, to notice that the list has shifted since. */
    totalCount: z.number().int().nullable(),
    hasShifted: z.boolean(),
  }),
  /** By id, so that people who join or leave move nobody. */
  z.object({ version: z.literal(1), list: z.literal("training"), afterId: z.string() }),
]);

export type PeopleCursor = z.output<typeof PeopleCursor>;

export const ServerError = z.looseObject({ message: z.literal("Server Error") });
