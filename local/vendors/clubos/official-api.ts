import type { Context, Hono } from "hono";
import { z } from "zod";

import type { ClubStore, Person } from "./club-store.ts";
import { calendarOf, scheduleOf } from "./schedule.ts";
import type { Attendee, ClubEvent } from "./schedule.ts";
import type { Sandbox } from "./sandbox.ts";

const MAX_SIZE = 1_000;
const DEFAULT_SIZE = 100;

const NewAppointment = z.object({ locationId: z.coerce.number().int(), eventId: z.number().int(), userId: z.coerce.string() });

/**
 * The official API V3 (`x-api-key`, pages from 0 with at most 1000 rows) and the calendar that needs no sign-in. That
 * both exist, what they find and how they page is documented; every path and field name is a guess.
 */
export const addOfficialApi = (app: Hono, sandbox: Sandbox): void => {
  const withKey = (work: (c: Context, store: ClubStore) => Response | Promise<Response>) => (c: Context) => {
    const club = sandbox.clubs.find(({ clubOsApi }) => clubOsApi.apiKey === c.req.header("x-api-key"));
    return club === undefined ? c.json({ message: "Forbidden" }, 403) : work(c, sandbox.storeOf(club));
  };
  const ofLocation = (work: (c: Context, store: ClubStore) => Response | Promise<Response>) =>
    withKey((c, store) =>
      c.req.query("locationId") === store.club.clubOsApi.locationId ? work(c, store) : c.json({ message: "Unknown locationId" }, 400),
    );

  app.get(
    "/v3/locations",
    withKey((c, { club }) => pageOf(c, [{ id: Number(club.clubOsApi.locationId), name: club.name, timeZone: club.timeZone }])),
  );
  app.get(
    "/v3/users",
    ofLocation((c, store) => pageOf(c, store.people().map(userOf))),
  );
  app.get(
    "/v3/agreements",
    ofLocation((c, store) => {
      const ids = new Set((c.req.query("userIds") ?? "").split(",").filter((id) => id !== ""));
      return pageOf(
        c,
        store
          .people()
          .filter(({ world }) => world.membershipType !== null && (ids.size === 0 || ids.has(world.clubOsId)))
          .map(agreementOf),
      );
    }),
  );
  app.get(
    "/v3/events",
    ofLocation((c, store) => {
      const [from, to] = [Date.parse(c.req.query("startDate") ?? ""), Date.parse(c.req.query("endDate") ?? "")];
      if (Number.isNaN(from) || Number.isNaN(to)) {
        return c.json({ message: "startDate and endDate are required" }, 400);
      }
      const events = scheduleOf(store, sandbox.now()).filter(({ startsAt }) => startsAt.getTime() >= from && startsAt.getTime() < to);
      return pageOf(c, events.map(eventOf));
    }),
  );
  app.post(
    "/v3/appointments",
    withKey(async (c, store) => book(c, { store, now: sandbox.now() })),
  );
  app.get("/CalendarSync/:token{[0-9a-f]{40}}", (c) => {
    const club = sandbox.clubs.find(({ clubOsApi }) => clubOsApi.calendarToken === c.req.param("token"));
    return club === undefined
      ? c.text("Not Found", 404)
      : c.body(calendarOf(sandbox.storeOf(club), sandbox.now()), 200, { "content-type": "text/calendar; charset=utf-8" });
  });
};

const pageOf = (c: Context, rows: readonly object[]): Response => {
  const [size, page] = [Number(c.req.query("size") ?? DEFAULT_SIZE), Number(c.req.query("page") ?? 0)];
  if (!Number.isInteger(size) || !Number.isInteger(page) || size < 1 || size > MAX_SIZE || page < 0) {
    return c.json({ message: "Invalid paging" }, 400);
  }
  const content = rows.slice(page * size, (page + 1) * size);
  return c.json({ content, page, size, totalElements: rows.length, last: (page + 1) * size >= rows.length });
};

const book = async (c: Context, { store, now }: { readonly store: ClubStore; readonly now: Date }): Promise<Response> => {
  const input = NewAppointment.safeParse(await c.req.json().catch(() => null)).data;
  if (input === undefined || String(input.locationId) !== store.club.clubOsApi.locationId) {
    return c.json({ message: "Bad Request" }, 400);
  }
  const event = scheduleOf(store, now).find(({ id }) => id === input.eventId);
  const person = store.findPerson(input.userId);
  if (event === undefined || person === null) {
    return c.json({ message: event === undefined ? "Unknown event" : "Unknown user" }, 404);
  }
  if (freeCountOf(event) < 1 || event.attendees.some((attendee) => attendee.person === person)) {
    return c.json({ message: "Event is full or already booked" }, 409);
  }
  const { seq } = store.addAppointment(person.world.clubOsId, event.id);
  return c.json({ id: 900_000_000 + seq, eventId: event.id, userId: Number(person.world.clubOsId), status: "BOOKED" }, 201);
};

const freeCountOf = ({ capacity, attendees }: ClubEvent): number =>
  capacity - attendees.filter(({ status }) => status !== "CANCELLED").length;

const userOf = ({ world, profile }: Person) => ({
  id: Number(world.clubOsId),
  type: world.standing === "prospect" ? "PROSPECT" : "MEMBER",
  firstName: profile.firstName,
  lastName: profile.lastName,
  email: profile.email === "" ? null : profile.email,
  mobilePhone: profile.mobilePhone === "" ? null : profile.mobilePhone,
  homePhone: null,
  memberStatus: world.standing === "prospect" ? null : world.statusMessage,
  memberSince: world.joinedOn,
  birthDate: world.dateOfBirth,
  lastVisit: world.lastVisitAt?.toISOString() ?? null,
  state: world.state,
  postalCode: world.zip,
  country: "US",
});

/** Amounts are decimal dollars, as on the vendor's other surfaces. */
const agreementOf = ({ world }: Person) => ({
  id: Number(world.clubOsId) + 700_000,
  userId: Number(world.clubOsId),
  name: world.membershipType,
  status: world.standing === "frozen" ? "FROZEN" : "ACTIVE",
  startDate: world.joinedOn,
  endDate: null,
  amountDue: Number(world.duesMinor) / 100,
  amountPastDue: Number(world.balanceMinor) / 100,
});

const eventOf = (event: ClubEvent) => ({
  id: event.id,
  type: event.type,
  subject: event.subject,
  startTime: event.startsAt.toISOString(),
  endTime: event.endsAt.toISOString(),
  resource: event.place,
  instructor: event.staffName,
  status: "SCHEDULED",
  capacity: event.capacity,
  attendees: event.attendees.map(attendeeOf),
});

const attendeeOf = ({ id, person, status }: Attendee) => ({
  id,
  userId: Number(person.world.clubOsId),
  firstName: person.profile.firstName,
  lastName: person.profile.lastName,
  email: person.profile.email === "" ? null : person.profile.email,
  status,
});
