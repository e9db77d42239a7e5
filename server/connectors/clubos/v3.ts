import { z } from "zod";

import type { ConnectorContext } from "../ports.ts";
import { API_PAGE_MAX_COUNT } from "./limits.ts";
import { callOfficial, understood } from "./official.ts";
import type { ApiAccount } from "./schemas.ts";

/**
 * The official API V3. Documented: the host, the header of the key, searching users, events, locations and agreements,
 * making appointments, pages from 0 with at most 1000 rows. Its reference is given out with the key, so every path,
 * parameter and field name in this file is a guess, and this file is the one place to mend.
 */
const BASE_URL = "https://api.club-os.io";

const Id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const Text = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null);
const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .nullish()
  .transform((text) => text?.slice(0, 10) ?? null);
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const ApiUser = z.looseObject({
  id: Id,
  type: z.enum(["MEMBER", "PROSPECT", "LEAD", "GUEST", "STAFF", "EMPLOYEE"]),
  firstName: Text,
  lastName: Text,
  email: Text,
  mobilePhone: Text,
  homePhone: Text,
  memberStatus: Text,
  memberSince: Day,
  birthDate: Day,
  lastVisit: Instant.nullish(),
  state: Text,
  postalCode: Text,
  country: Text,
});
export type ApiUser = z.output<typeof ApiUser>;

export const ApiAgreement = z.looseObject({
  userId: Id,
  name: Text,
  status: z.string(),
  /** Decimal dollars. */
  amountPastDue: z.number().nullish(),
});
export type ApiAgreement = z.output<typeof ApiAgreement>;

export const ApiEvent = z.looseObject({
  id: Id,
  type: z.string(),
  subject: z.string(),
  startTime: Instant,
  endTime: Instant,
  resource: Text,
  instructor: Text,
  status: z.enum(["SCHEDULED", "CANCELLED", "COMPLETED"]),
  capacity: z.number().int().min(0).nullish(),
  attendees: z.array(
    z.looseObject({
      id: Id,
      userId: Id,
      firstName: Text,
      lastName: Text,
      email: Text,
      status: z.enum(["BOOKED", "CONFIRMED", "CANCELLED", "ATTENDED", "NO_SHOW"]),
    }),
  ),
});
export type ApiEvent = z.output<typeof ApiEvent>;

const ApiLocation = z.looseObject({ id: Id, name: z.string() });
const ApiAppointment = z.looseObject({ id: Id, eventId: Id, userId: Id });

export type ApiPage<T> = { readonly rows: readonly T[]; readonly totalCount: number; readonly isLast: boolean };

const pageOf = <T>(row: z.ZodType<T>) => z.looseObject({ content: z.array(row), totalElements: z.number().int(), last: z.boolean() });

export type V3Client = ReturnType<typeof createV3Client>;

export const createV3Client = (context: ConnectorContext, account: ApiAccount) => {
  const { baseUrl } = context.settings;
  const root = baseUrl === undefined ? BASE_URL : `${baseUrl.replace(/\/$/, "")}/v3`;
  const common = { headers: { "x-api-key": account.apiKey, accept: "application/json" }, unauthorized: [401, 403] };

  const search = async <T>(path: string, row: z.ZodType<T>, query: Readonly<Record<string, string>>): Promise<ApiPage<T>> => {
    const url = `${root}${path}?${new URLSearchParams(query)}`;
    const text = await callOfficial(context, { ...common, method: "GET", url, isAct: false });
    const { content, totalElements, last } = understood(text, { schema: pageOf(row), isAct: false });
    return { rows: content, totalCount: totalElements, isLast: last || content.length === 0 };
  };
  const { locationId } = account;

  return {
    listLocations: () => search("/locations", ApiLocation, { size: String(API_PAGE_MAX_COUNT), page: "0" }),
    listUsers: ({ page, size }: { readonly page: number; readonly size: number }) =>
      search("/users", ApiUser, { locationId, size: String(size), page: String(page), sortOn: "id", sortDir: "asc" }),
    listAgreements: ({ userIds, page }: { readonly userIds: readonly string[]; readonly page: number }) =>
      search("/agreements", ApiAgreement, {
        locationId,
        userIds: userIds.join(","),
        size: String(API_PAGE_MAX_COUNT),
        page: String(page),
      }),
    listEvents: ({ from, to, page }: { readonly from: Date; readonly to: Date; readonly page: number }) =>
      search("/events", ApiEvent, {
        locationId,
        startDate: from.toISOString(),
        endDate: to.toISOString(),
        size: String(API_PAGE_MAX_COUNT),
        page: String(page),
        sortOn: "id",
        sortDir: "asc",
      }),
    /** One call, never repeated; the API takes no key of ours. */
    createAppointment: async ({ eventId, userId }: { readonly eventId: string; readonly userId: string }) => {
      const text = await callOfficial(context, {
        ...common,
        headers: { ...common.headers, "content-type": "application/json" },
        method: "POST",
        url: `${root}/appointments`,
        body: JSON.stringify({ locationId: Number(locationId), eventId: Number(eventId), userId: Number(userId) }),
        isAct: true,
      });
      return understood(text, { schema: ApiAppointment, isAct: true });
    },
  };
};
