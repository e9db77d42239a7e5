import { z } from "zod";

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
