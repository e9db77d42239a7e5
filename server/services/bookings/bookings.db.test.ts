import { ConnectorError } from "#server/connectors/errors.ts";
import type { VendorBooking } from "#server/connectors/acts.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { CLUBOS_SETUP } from "#server/connectors/clubos/setup.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeConnection, makeContact, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { findRunningBooking } from "./find-running-booking.ts";
import { listBookingSources } from "./list-booking-sources.ts";
import { listBookings } from "./list-bookings.ts";
import { storeBookings } from "./store-bookings.ts";
import { syncBookings } from "./sync-bookings.ts";

useDatabase();

let owner: Awaited<ReturnType<ReturnType<typeof database>["as"]>>;
let club: TestClub;
let connectionId: Id<"connection">;
/** What the vendor answers next. */
let answer: () => readonly VendorBooking[];
let asked: { from: Date; to: Date }[];

beforeAll(async () => {
  owner = await database().as("OWNER");
});
afterAll(() => owner.end());

beforeEach(async () => {
  asked = [];
  answer = () => [];
  const before = CONNECTORS.clubos;
  CONNECTORS.clubos = {
    setup: { ...CLUBOS_SETUP, capabilities: ["bookings.read"] },
    create: () => ({
      provider: "clubos",
      capabilities: ["bookings.read"],
      check: async () => ({ account: "test" }),
      bookings: {
        list: async (span) => {
          asked.push(span);
          return answer();
        },
      },
    }),
  };
  club = await makeClub();
  connectionId = newId("connection");
  await makeConnection(club, { id: connectionId, provider: "clubos" });
  return () => {
    if (before !== undefined) {
      CONNECTORS.clubos = before;
    }
  };
});

const booking = (over: Partial<VendorBooking> & Pick<VendorBooking, "externalId">): VendorBooking => ({
  kind: "bay",
  title: "Bay session",
  startsAt: minutesAfter(60),
  endsAt: minutesAfter(120),
  place: "Bay 3",
  staffName: null,
  status: "booked",
  personExternalId: null,
  personName: "Arvo Amberwick",
  personEmail: null,
  ...over,
});

const at = (minutes: number): ServiceContext => ({
  ...systemContext(scopeOf(club), { job: "sync-bookings" }),
  fixedNow: minutesAfter(minutes),
});
const sync = (minutes = 0) => syncBookings(at(minutes), { connectionId });
const rows = () => owner.query(`select * from "Booking" where "clubId" = $1 order by "externalId"`, [club.id]);
const everything = async (): Promise<string> =>
  JSON.stringify([
    await owner.query(`select xmin::text as version, t.* from "Booking" t where "clubId" = $1 order by id`, [club.id]),
    await owner.query(`select id from "AuditLog" where "clubId" = $1 order by id`, [club.id]),
    await owner.query(`select id from "OutboxEvent" where "clubId" = $1 order by id`, [club.id]),
  ]);

test("the window reaches from yesterday to two weeks ahead", async () => {
  await sync();
  expect(asked).toEqual([{ from: minutesAfter(-24 * 60), to: minutesAfter(14 * 24 * 60) }]);
});

test("a reading writes what is new, and the same reading again writes nothing", async () => {
  answer = () => [booking({ externalId: "1" }), booking({ externalId: "2", place: "Bay 4" })];
  expect(await sync()).toEqual({ kind: "synced", createdCount: 2, changedCount: 0, cancelledCount: 0, unchangedCount: 0 });
  const before = await everything();
  expect(await sync(15)).toMatchObject({ createdCount: 0, changedCount: 0, unchangedCount: 2 });
  expect(await everything()).toBe(before);
});

test("a booking that moved is the same booking, one that vanished is cancelled, and one that comes back is booked", async () => {
  answer = () => [booking({ externalId: "1" }), booking({ externalId: "2" })];
  await sync();
  answer = () => [booking({ externalId: "1", startsAt: minutesAfter(90), endsAt: minutesAfter(150) })];
  expect(await sync(15)).toMatchObject({ changedCount: 1, cancelledCount: 1 });
  expect(await rows()).toMatchObject([{ startsAt: minutesAfter(90), status: "booked" }, { status: "cancelled" }]);
  answer = () => [booking({ externalId: "1", startsAt: minutesAfter(90), endsAt: minutesAfter(150) }), booking({ externalId: "2" })];
  expect(await sync(30)).toMatchObject({ changedCount: 1, cancelledCount: 0 });
  expect(await rows()).toMatchObject([{ status: "booked" }, { status: "booked" }]);
});

test("what lies outside the window is not cancelled for being unnamed", async () => {
  answer = () => [booking({ externalId: "1" })];
  await sync();
  answer = () => [];
  const twoDays = 2 * 24 * 60;
  expect(await sync(twoDays)).toMatchObject({ cancelledCount: 0 });
  expect(await rows()).toMatchObject([{ status: "booked" }]);
});

test.each(["unauthorized", "malformed", "throttled", "unavailable"] as const)("%s cancels nothing and writes no booking", async (kind) => {
  answer = () => [booking({ externalId: "1" })];
  await sync();
  answer = () => {
    throw new ConnectorError(kind, "the vendor says no");
  };
  expect(await sync(15)).toEqual({ kind: "failed", failure: kind });
  expect(await rows()).toMatchObject([{ status: "booked" }]);
});

test("a card opens at once for what lasts, after three times for what passes, and closes with the next good reading", async () => {
  const open = async () => owner.query(`select kind from "Alert" where "clubId" = $1 and "resolvedAt" is null`, [club.id]);
  const fail = (kind: "unavailable" | "malformed") => () => {
    throw new ConnectorError(kind, "the vendor says no");
  };
  answer = fail("unavailable");
  await sync();
  await sync(15);
  expect(await open()).toEqual([]);
  await sync(30);
  expect(await open()).toEqual([{ kind: "connection_failing" }]);
  answer = () => [];
  await sync(45);
  expect(await open()).toEqual([]);
  answer = fail("malformed");
  await sync(60);
  expect(await open()).toEqual([{ kind: "connection_failing" }]);
});

test("a booking belongs to the contact of its e-mail address; a name alone binds nobody", async () => {
  const { contact } = await makeContact(club, { name: "Arvo Amberwick", from: "+13035550101" });
  await database().owner.contactIdentity.create({
    data: {
      id: newId("contactIdentity"),
      ...scopeOf(club),
      contactId: contact.id,
      channelKind: "email",
      address: "arvo@club.example",
      addressKey: addressKey("arvo@club.example"),
      createdAt: MADE_AT,
    },
  });
  answer = () => [booking({ externalId: "1", personEmail: "Arvo@club.example" }), booking({ externalId: "2" })];
  await sync();
  expect(await rows()).toMatchObject([{ contactId: contact.id }, { contactId: null }]);
  const ctx = { ...club.as.staff, fixedNow: minutesAfter(0) };
  expect((await listBookings(ctx, { contactId: contact.id as Id<"contact"> })).items).toMatchObject([{ place: "Bay 3" }]);
  const later = { ...ctx, fixedNow: minutesAfter(121) };
  expect((await listBookings(later, { contactId: contact.id as Id<"contact"> })).items).toEqual([]);
  expect((await listBookings(later, { contactId: contact.id as Id<"contact">, view: "past" })).items).toHaveLength(1);
});

test("bookings are listed page by page, soonest first", async () => {
  const { contact } = await makeContact(club, { name: "Arvo", from: "+13035550101" });
  answer = () =>
    [3, 1, 2].map((hour) => booking({ externalId: `${hour}`, startsAt: minutesAfter(hour * 60), endsAt: minutesAfter(hour * 60 + 30) }));
  await sync();
  await owner.query(`update "Booking" set "contactId" = $1 where "clubId" = $2`, [contact.id, club.id]);
  const ctx = { ...club.as.staff, fixedNow: minutesAfter(0) };
  const input = { contactId: contact.id as Id<"contact">, limit: 2 };
  const first = await listBookings(ctx, input);
  const second = await listBookings(ctx, { ...input, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items].map(({ startsAt }) => startsAt)).toEqual([60, 120, 180].map(minutesAfter));
  expect(second.nextCursor).toBeNull();
});

test("a bay is held by whoever booked this moment, and the age of that knowledge is told", async () => {
  answer = () => [
    booking({ externalId: "1", personName: "First", startsAt: minutesAfter(-60), endsAt: minutesAfter(0) }),
    booking({ externalId: "2", personName: "Second", startsAt: minutesAfter(0), endsAt: minutesAfter(60) }),
    booking({ externalId: "3", personName: "Gone", startsAt: minutesAfter(5), endsAt: minutesAfter(60), status: "cancelled" }),
    booking({ externalId: "4", personName: "Next door", place: "Bay 4", startsAt: minutesAfter(0), endsAt: minutesAfter(60) }),
  ];
  await sync();
  const held = (minutes: number, place = "bay #3") => findRunningBooking({ ...club.as.staff, fixedNow: minutesAfter(minutes) }, { place });
  expect(await held(-1)).toMatchObject({ personName: "First" });
  expect(await held(0)).toMatchObject({ personName: "Second", readAt: minutesAfter(0), isStale: false });
  expect(await held(10, "3")).toMatchObject({ personName: "Second" });
  expect(await held(50)).toMatchObject({ personName: "Second", isStale: true });
  expect(await held(60)).toBeNull();
  expect(await held(10, "Bay 30")).toBeNull();
});

test("bookings of a file are kept beside those of a vendor with the same ids, and loading the file again writes nothing", async () => {
  answer = () => [booking({ externalId: "1" })];
  await sync();
  const load = () =>
    inTransaction(at(1), (tx) => storeBookings(tx, at(1), { connectionId: null, bookings: [booking({ externalId: "1", title: "File" })] }));
  expect(await load()).toMatchObject({ createdCount: 1 });
  expect(await load()).toMatchObject({ createdCount: 0, changedCount: 0, unchangedCount: 1 });
  await sync(15);
  expect((await rows()).map(({ title, status }) => [title, status]).toSorted()).toEqual([
    ["Bay session", "booked"],
    ["File", "booked"],
  ]);
});

test("two readings of one connection at the same time write each booking once", async () => {
  answer = () => [booking({ externalId: "1" }), booking({ externalId: "2" })];
  await Promise.all([sync(), sync(), sync()]);
  expect(await rows()).toHaveLength(2);
});

test("another club sees none of it, and people do not start a reading", async () => {
  answer = () => [booking({ externalId: "1", startsAt: minutesAfter(0) })];
  await sync();
  const other = await makeClub({ franchiseId: club.franchiseId });
  await expect(syncBookings(systemContext(scopeOf(other), { job: "t" }), { connectionId })).rejects.toMatchObject({ code: "not_found" });
  expect(await withClub(scopeOf(other), (tx) => tx.db.booking.count())).toBe(0);
  expect(await findRunningBooking({ ...other.as.staff, fixedNow: minutesAfter(10) }, { place: "Bay 3" })).toBeNull();
  await expect(syncBookings(club.as.owner, { connectionId })).rejects.toMatchObject({ code: "forbidden" });
});

test("every connection that may show bookings is handed out, and none that is switched off", async () => {
  const off = await makeConnection(club, { provider: "clubos", status: "disabled" });
  const texts = await makeConnection(club, { provider: "openphone" });
  const ids = (await listBookingSources()).map((source) => source.connectionId as string);
  expect(ids).toContain(connectionId);
  expect(ids).not.toContain(off.id);
  expect(ids).not.toContain(texts.id);
});
